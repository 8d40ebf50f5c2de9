"""Linked-data pages: every thing of the graph as a page for people and as RDF for programs.

A page is a pure function of the graph and the request. What it needs of the graph as a whole is made once, by
:func:`kg.serve.pages.survey.survey`; a server calls it before its workers part.
"""

from kg.serve.pages.answer import page
from kg.serve.pages.asked import PageRequest
from kg.serve.pages.start import start
from kg.serve.pages.survey import survey

__all__ = ["PageRequest", "page", "start", "survey"]
