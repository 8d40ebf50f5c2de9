"""What an assistant may read as a whole: the ontology, the questions, the data set's description; and its briefing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.namespaces import STANDARD
from kg.resources import ontology
from kg.serve.assistant.settings import CONCEPTS, assistant_settings
from kg.serve.assistant.tools import list_questions, shipped
from kg.serve.assistant.wording import text
from kg.serve.pages.survey import survey
from kg.serve.world import World

_TURTLE = "text/turtle"
_CLASSES = {"topic": "Topic", "method": "Method", "dataset": "Dataset", "metric": "Metric"}


@dataclass(frozen=True, slots=True)
class Document:
    """A text that an assistant may read."""

    name: str
    description: str
    media_type: str
    content: str


def documents(world: World) -> Mapping[str, Document]:
    """The resources of the server, by URI; the questions' SPARQL serves as a pattern for queries of one's own."""
    listed = text(list_questions(world, {}), {})
    queries = "\n".join(question.sparql for question in shipped().values())
    found = {
        "kg://ontology": Document(
            "ontology",
            "Classes and properties of the graph, with comments.",
            _TURTLE,
            ontology("kg.ttl").read_text(encoding="utf-8"),
        ),
        "kg://questions": Document("questions", "The ready questions.", "text/plain", listed),
        "kg://questions/sparql": Document(
            "SPARQL of the questions", "Their queries, as patterns.", "application/sparql-query", queries
        ),
    }
    if world.void:
        void = world.void.decode("utf-8", "replace")
        found["kg://dataset"] = Document("data set", "VoID description of the data.", _TURTLE, void)
    return found


def instructions(world: World) -> str:
    """What an assistant is told of a graph before it asks anything."""
    counts = survey(world).counts
    return assistant_settings().instructions.format(
        papers=counts.get("Paper", 0),
        people=counts.get("Author", 0),
        concepts=sum(counts.get(_CLASSES[kind], 0) for kind in sorted(CONCEPTS)),
        triples=len(world.store),
        base=world.base,
        prefixes=", ".join(STANDARD),
    )
