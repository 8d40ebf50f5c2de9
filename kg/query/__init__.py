"""Questions to the written graph: SPARQL, cards, checks."""
