"""What a query may not do: reach the network, name other graphs, change the graph, exhaust the parser.

The engine has no switch that turns SERVICE off, so the text is searched for the keyword before the engine
sees it. Tokens follow the SPARQL 1.1 grammar, https://www.w3.org/TR/sparql11-query/#sparqlGrammar. The
engine's parser needs no space around keywords (``1SERVICE?v``, ``SERVICEex:a``) and decides by context whether
``<`` opens an IRI or compares, so every reading of the text that it might choose is searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_TOKENS = 4_000  # the engine overflows its stack, and ends the process, at about 10,000
MAX_DEPTH = 200

_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_LETTER = r"[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_TOKENS = re.compile(
    rf"""
    (?P<blank> [^\S\r\n]+ | [\r\n]+ | \#[^\r\n]* )
  | (?P<string>
        \"\"\" (?: [^"\\] | \\. | "(?!"") )* \"\"\" | ''' (?: [^'\\] | \\. | '(?!'') )* '''
      | "(?: [^"\\\r\n] | \\. )*" | '(?: [^'\\\r\n] | \\. )*' )
  | (?P<iri> < (?: [^<>"{{}}|^`\\\x00-\x20] | {_ESCAPE} )* > )
  | (?P<variable> [?$]\w+ )
  | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<name> (?: [^\W\d][\w.-]* )? : (?: (?:{_LETTER}) (?: [.-] | {_LETTER} )* )? )
  | (?P<number> \d+ (?: \.\d+ )? (?: [eE][+-]?\d+ )? )
  | (?P<word> (?: [^\W\d] | {_ESCAPE} ) (?: \w | {_ESCAPE} )* )
  | (?P<sign> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset({"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"})
_PROLOGUE = frozenset({"BASE", "PREFIX"})

_SERVICE = "SERVICE reaches over the network, which a query may not; leave it out"
_FROM = "FROM names another graph, but a query sees only the graph it is put to; leave it out"
_UPDATE = "{} would change the graph, but a query only reads; use SELECT, ASK, CONSTRUCT or DESCRIBE"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    end: int


def objection(sparql: str) -> str | None:
    """Why a query is refused, in one line; None where nothing speaks against it.

    Example:
        >>> objection("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }").split()[0]
        'SERVICE'
        >>> objection('SELECT ?service { ?service ?p "SERVICE" } # SERVICE') is None
        True
    """
    if sum(1 for token in _tokens(sparql, 0) if token.kind != "blank") > MAX_TOKENS:
        return f"the query is longer than {MAX_TOKENS} words and signs; ask in parts"
    if _depth(sparql) > MAX_DEPTH:
        return f"the query nests more than {MAX_DEPTH} brackets or operators deep; make it flatter"
    update = _update(sparql)
    if update:
        return _UPDATE.format(update)
    words = set(_loose_words(sparql))
    if any("SERVICE" in word for word in words):
        return _SERVICE
    return _FROM if any("FROM" in word for word in words) else None


def _loose_words(sparql: str) -> Iterator[str]:
    """Words that some reading of the text takes for keywords, in capitals.

    No other keyword of SPARQL contains SERVICE or FROM, so that a keyword is found wherever it is glued to
    a neighbour.
    """
    seen: set[int] = set()
    pending = [0]
    while pending:
        place, before = pending.pop(), ""
        while place < len(sparql) and place not in seen:
            seen.add(place)
            token = _token(sparql, place)
            if token.kind == "iri" and ")" in token.text:
                pending.append(place + 1)  # "<" might compare: FILTER(1<2)SERVICE?v#>
            if token.kind == "word" or (token.kind == "name" and before != "GRAPH" and _opens(sparql, token)):
                yield _plain(token.text.split(":")[0])
            if token.kind != "blank":
                before = _plain(token.text)
            place = token.end


def _opens(sparql: str, name: _Token) -> bool:
    """Whether a group follows a prefixed name, as in ``SERVICEex:a {``; else it is no keyword and name, glued."""
    following = next((token for token in _tokens(sparql, name.end) if token.kind != "blank"), None)
    return following is not None and following.text == "{"


def _update(sparql: str) -> str | None:
    """The keyword of the update that the text is, after its prologue."""
    for token in _tokens(sparql, 0):
        if token.kind == "word" and _plain(token.text) not in _PROLOGUE:
            return _plain(token.text) if _plain(token.text) in _UPDATES else None
    return None


def _depth(sparql: str) -> int:
    """How deep a parser that descends into brackets and signs may have to go."""
    deepest = depth = run = 0
    for token in _tokens(sparql, 0):
        if token.kind == "sign":
            run = run + 1 if token.text in "!+-^(<[{" else 0
            depth += (token.text in "([{<") - (token.text in ")]}>")
            deepest = max(deepest, depth, run)
        elif token.kind != "blank":
            run = 0
    return deepest


def _tokens(sparql: str, place: int) -> Iterator[_Token]:
    while place < len(sparql):
        token = _token(sparql, place)
        yield token
        place = token.end


def _token(sparql: str, place: int) -> _Token:
    found = _TOKENS.match(sparql, place)
    assert found is not None and found.lastgroup is not None  # the last alternative takes any character
    return _Token(found.lastgroup, found.group(), found.end())


def _plain(word: str) -> str:
    """A word in capitals with its code-point escapes read."""
    return re.sub(_ESCAPE, lambda found: chr(min(int(found.group()[2:], 16), 0x10FFFF)), word).upper()
