"""Records to networkx graphs: co-authorship with measures and communities, and the graph of everything."""

from kg.graph.analysis import analyse
from kg.graph.assembly import everything

__all__ = ["analyse", "everything"]
