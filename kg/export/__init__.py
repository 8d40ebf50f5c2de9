"""The graph in other formats and other vocabularies."""
