"""The small graph with more people and concepts, such that their names are hard to tell apart."""

from __future__ import annotations

from kg.query.store import base_of, load_store
from kg.serve.world import World
from tests.query.small import GRAPH

MORE = """
author:sergey-levine a kg:Author ; foaf:name "Sergey Levine" ; kg:paperCount 42 .
author:yoav-levine a kg:Author ; foaf:name "Yoav Levine" ; kg:paperCount 1 .
author:lukasz-kaiser a kg:Author ; foaf:name "Łukasz Kaiser" ; kg:paperCount 3 .
author:wei-wang a kg:Author ; foaf:name "Wei Wang" ; kg:paperCount 5 ; kg:community community:ada-lovelace .
author:wei-wang-2 a kg:Author ; foaf:name "Wei Wang" ; kg:paperCount 2 ; kg:coauthor author:lukasz-kaiser .
author:xu-xu a kg:Author ; foaf:name "Xu Xu" ; kg:paperCount 1 .
author:script a kg:Author ; foaf:name "<script>alert(1)</script> Mallory" ; kg:paperCount 1 .
method:transformer a kg:Method ; skos:prefLabel "transformer"@en ; skos:altLabel "Transformers"@en ; kg:paperCount 9 .
method:vision-transformer a kg:Method ; skos:prefLabel "vision transformer"@en ; kg:paperCount 4 .
method:cpp a kg:Method ; skos:prefLabel "C++"@en ; kg:paperCount 1 .
method:cnn a kg:Method ; skos:prefLabel "convolutional neural network"@en ; skos:altLabel "CNN"@en ; kg:paperCount 7 .
dataset:cifar-10 a kg:Dataset ; skos:prefLabel "CIFAR-10"@en ; kg:paperCount 6 .
topic:adam a kg:Topic ; skos:prefLabel "Adam"@en .
"""


def people() -> World:
    """The world of that graph."""
    store = load_store((GRAPH + MORE).encode())
    return World(store, base_of(store), b"")
