"""Graphs and records to files."""
