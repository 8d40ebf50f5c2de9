"""The graph on the web: a SPARQL endpoint, linked-data pages, search, and tools for assistants."""
