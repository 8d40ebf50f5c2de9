"""Records to networkx graphs: co-authorship with measures and communities, and the graph of everything."""
