"""A graph of one paper, small enough to be read at a glance, sound in every part."""

from __future__ import annotations

from kg.namespaces import prefixes
from kg.write.describe import text_hash

ABSTRACT = "We prove that Adam outperforms SGD on ImageNet. 🙂 Adam wins."
TITLE = "Adam beats SGD"
HASH = text_hash(TITLE, ABSTRACT)

GRAPH = (
    "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes().items())
    + f"""
run:r a kg:Run ; kg:softwareVersion "0.1.0" ; kg:extractor "fast" ; kg:vocabularyHash "v" ; kg:corpusHash "c" .
venue:iclr a kg:Venue ; rdfs:label "iclr" .
edition:iclr-2021 a kg:Edition ; rdfs:label "iclr 2021" ; dcterms:isPartOf venue:iclr ; dcterms:issued "2021"^^xsd:gYear .
method:adam a kg:Method ; skos:prefLabel "Adam"@en ; skos:altLabel "adaptive moments"@en ;
    skos:broader method:sgd ; kg:comparedWith method:sgd ; kg:paperCount 1 .
method:sgd a kg:Method ; skos:prefLabel "SGD"@en ; kg:paperCount 1 .
dataset:imagenet a kg:Dataset ; skos:prefLabel "ImageNet"@en ; kg:paperCount 1 .
author:ada-lovelace a kg:Author ; foaf:name "Ada Lovelace" ; kg:community community:ada-lovelace ;
    kg:identityConfidence 1.0 ; kg:mayBeSameAs author:rene-descartes ; dcterms:identifier "dblp:lovelace" ;
    owl:sameAs <https://orcid.org/0000-0002-1825-0097> ;
    kg:paperCount 1 ; kg:collaboratorCount 1 ; kg:coreNumber 1 ; kg:pageRank 0.5 ; kg:coauthor author:rene-descartes .
author:rene-descartes a kg:Author ; foaf:name "René Descartes" ; kg:nameVariant "R. Descartes" ;
    kg:community community:ada-lovelace ; kg:paperCount 1 ; kg:collaboratorCount 1 ; kg:coreNumber 1 ;
    kg:identityConfidence 0.61 ; kg:mayBeSameAs author:ada-lovelace ;
    kg:rankByPageRank 2 ; kg:rankByPageRankLow 1 ; kg:rankByPageRankHigh 2 ;
    kg:pageRank 0.25 ; kg:coauthor author:ada-lovelace .
decision:rene-descartes-1 a kg:IdentityDecision ; kg:author author:rene-descartes ; kg:verdict "merged" ;
    kg:nameAsPrinted "R. Descartes", "René Descartes" ; kg:confidence 0.61 ;
    kg:reason "compatible names, 3 shared co-authors" .
identity:ada-lovelace--rene-descartes a kg:PossibleIdentity ; kg:person author:ada-lovelace, author:rene-descartes ;
    kg:score 0.4 ; kg:reason "one printed name, kept apart by the evidence" .
community:ada-lovelace a kg:Community ; rdfs:label "optimisation"@en ; kg:leader author:ada-lovelace ;
    kg:distinguishedBy method:adam ; kg:memberCount 2 ; kg:paperCount 1 .
paper:iclr-2021-0001 a kg:Paper ; dcterms:title "{TITLE}"@en ; dcterms:abstract "{ABSTRACT}"@en ;
    dcterms:issued "2021"^^xsd:gYear ; dcterms:isPartOf edition:iclr-2021 ; foaf:page <https://example.org/1> ;
    dcterms:creator author:ada-lovelace, author:rene-descartes ;
    kg:authorship authorship:iclr-2021-0001-1, authorship:iclr-2021-0001-2 ;
    kg:uses method:adam, dataset:imagenet ; kg:mention mention:iclr-2021-0001-1, mention:iclr-2021-0001-2 ;
    kg:claim claim:iclr-2021-0001-1 ; kg:textHash "{HASH}" .
authorship:iclr-2021-0001-1 a kg:Authorship ; kg:position 1 ; kg:author author:ada-lovelace ;
    kg:nameAsPrinted "Ada Lovelace" .
authorship:iclr-2021-0001-2 a kg:Authorship ; kg:position 2 ; kg:author author:rene-descartes ;
    kg:nameAsPrinted "R. Descartes" .
mention:iclr-2021-0001-1 a kg:Mention ; kg:concept method:adam ; kg:exact "Adam" ; kg:role kg:uses ;
    kg:field "abstract" ; kg:start 50 ; kg:end 54 ; kg:sentence "Adam wins."@en ; kg:confidence 0.9 ;
    prov:wasGeneratedBy run:r .
mention:iclr-2021-0001-2 a kg:Mention ; kg:concept dataset:imagenet ; kg:exact "ImageNet" ; kg:role kg:uses ;
    kg:field "abstract" ; kg:start 38 ; kg:end 46 ;
    kg:sentence "We prove that Adam outperforms SGD on ImageNet."@en ; kg:confidence 0.8 ;
    prov:wasGeneratedBy run:r .
claim:iclr-2021-0001-1 a kg:Claim ; kg:subject method:adam ; kg:predicate kg:comparedWith ; kg:object method:sgd ;
    kg:polarity "outperforms" ; kg:field "abstract" ; kg:start 0 ; kg:end 47 ;
    kg:sentence "We prove that Adam outperforms SGD on ImageNet."@en ; kg:confidence 0.7 ;
    prov:wasGeneratedBy run:r .
"""
)


def changed(old: str, new: str) -> str:
    """The graph with one passage put differently."""
    assert GRAPH.count(old) == 1, f"{old!r} stands {GRAPH.count(old)} times"
    return GRAPH.replace(old, new)
