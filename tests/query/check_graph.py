"""The small graph made sound in every shape, and with an instance of every class."""

from __future__ import annotations

from kg.write.describe import text_hash

from . import small

# No paper is about SGD.
GRAPH = small.GRAPH.replace('"SGD"@en ; kg:paperCount 1', '"SGD"@en ; kg:paperCount 0')

_TITLE = "Momentum for optimisation"

WHOLE = (
    GRAPH
    + f"""
topic:optimisation a kg:Topic ; skos:prefLabel "optimisation"@en ; skos:inScheme <https://w3id.org/paperkg/vocabulary> ;
    kg:paperCount 1 .
metric:accuracy a kg:Metric ; skos:prefLabel "accuracy"@en ; kg:paperCount 0 .
method:momentum a kg:Method ; skos:prefLabel "momentum"@en ; kg:usedFor topic:optimisation ; kg:paperCount 0 .
dataset:cifar a kg:Dataset ; skos:prefLabel "CIFAR"@en ; kg:dataOf topic:optimisation ; kg:paperCount 0 .
author:emmy-noether a kg:Author ; foaf:name "Emmy Noether" ; kg:community community:emmy-noether ; kg:component 1 ;
    kg:identityConfidence 1.0 ; kg:paperCount 1 ; kg:collaboratorCount 0 ; kg:coreNumber 0 ; kg:pageRank 0.25 .
community:emmy-noether a kg:Community ; rdfs:label "Noether"@en ; kg:leader author:emmy-noether ;
    kg:memberCount 1 ; kg:paperCount 1 .
paper:iclr-2021-0002 a kg:Paper ; dcterms:title "{_TITLE}"@en ; dcterms:issued "2021"^^xsd:gYear ;
    dcterms:isPartOf edition:iclr-2021 ; dcterms:creator author:emmy-noether ;
    kg:authorship authorship:iclr-2021-0002-1 ; kg:hasTopic topic:optimisation ;
    kg:mention mention:iclr-2021-0002-1 ; kg:claim claim:iclr-2021-0002-1 ; kg:textHash "{text_hash(_TITLE, "")}" .
authorship:iclr-2021-0002-1 a kg:Authorship ; kg:position 1 ; kg:author author:emmy-noether ;
    kg:nameAsPrinted "Emmy Noether" .
mention:iclr-2021-0002-1 a kg:Mention ; kg:concept topic:optimisation ; kg:exact "optimisation" ; kg:role kg:hasTopic ;
    kg:field "title" ; kg:start 13 ; kg:end 25 ; kg:sentence "{_TITLE}"@en ; kg:confidence 0.9 ;
    prov:wasGeneratedBy run:r .
claim:iclr-2021-0002-1 a kg:Claim ; kg:subject method:momentum ; kg:predicate kg:usedFor ;
    kg:object topic:optimisation ; kg:polarity "neutral" ; kg:field "title" ; kg:start 0 ; kg:end 25 ;
    kg:sentence "{_TITLE}"@en ; kg:confidence 0.6 ; prov:wasGeneratedBy run:r .
"""
)


def changed(old: str, new: str) -> str:
    """The graph with one passage put differently."""
    assert GRAPH.count(old) == 1, f"{old!r} stands {GRAPH.count(old)} times"
    return GRAPH.replace(old, new)
