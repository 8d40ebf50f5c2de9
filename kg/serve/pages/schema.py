"""A thing in the words of schema.org, as a data block inside its page.

JSON-LD in HTML: https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def data_block(schema: Mapping[str, Any], iri: str, url: str) -> str:
    """The text of the data block; no word in it can end the element that it stands in.

    Args:
        schema: the thing, without its IRI and context; empty values are left out.
        iri: its IRI.
        url: of its page.

    Example:
        >>> data_block({"@type": "Person", "name": "</script>"}, "https://example.org/a", "https://example.org/a")
        '{"@context":"https://schema.org/","@id":"https://example.org/a","@type":"Person","name":"\\\\u003c/script\\\\u003e","mainEntityOfPage":"https://example.org/a"}'
    """
    whole = {"@context": "https://schema.org/", "@id": iri, **schema, "mainEntityOfPage": url}
    kept = {key: entry for key, entry in whole.items() if entry not in ("", [], None)}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def types(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The IRIs of a page's types for signposting: a page about something, and what that is.

    Example:
        >>> types({"@type": "Person"})
        ('https://schema.org/AboutPage', 'https://schema.org/Person')
    """
    return "https://schema.org/AboutPage", f"https://schema.org/{schema['@type']}"
