"""What a query may not do: reach the network, name other graphs, change the graph, exhaust the parser.

The engine has no switch that turns SERVICE off, so the text is searched for the keyword before the engine
sees it. Tokens follow the SPARQL 1.1 grammar, https://www.w3.org/TR/sparql11-query/#sparqlGrammar. The
engine's parser needs no space around keywords (``1SERVICE?v``, ``SERVICEex:a``) and decides by context whether
``<`` opens an IRI or compares, so every reading of the text that it might choose is searched.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urljoin

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

_SUSPICIOUS = re.compile("|".join(sorted({"SERVICE", "FROM"} | _UPDATES)))
_DEEPENING = re.compile(r"[!+\-^(<\[{]")

_SERVICE = "SERVICE reaches over the network, which a query may not; leave it out"
_FROM = "FROM names another graph, but a query sees only the graph it is put to; leave it out"
_FROM_ELSEWHERE = "FROM names a graph that is not here; the only one is <{}>, which a query sees without FROM"
_UPDATE = "{} would change the graph, but a query only reads; use SELECT, ASK, CONSTRUCT or DESCRIBE"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    end: int


def objection(
    sparql: str, graphs: Collection[str] = (), known: Mapping[str, str] = MappingProxyType({})
) -> str | None:
    """Why a query is refused, in one line; None where nothing speaks against it.

    Args:
        sparql: the query.
        graphs: the IRIs that FROM may name; by default it may not stand at all.
        known: the prefixes that the query may use without declaring them.

    Example:
        >>> objection("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }").split()[0]
        'SERVICE'
        >>> objection("ASK FROM <http://a.org/g> {}", {"http://a.org/g"}) is None
        True
        >>> objection('SELECT ?service { ?service ?p "SERVICE" } # SERVICE') is None
        True
    """
    if _plainly_harmless(sparql):
        return None
    if sum(1 for token in _tokens(sparql, 0) if token.kind != "blank") > MAX_TOKENS:
        return f"the query is longer than {MAX_TOKENS} words and signs; ask in parts"
    if _depth(sparql) > MAX_DEPTH:
        return f"the query nests more than {MAX_DEPTH} brackets or operators deep; make it flatter"
    update = _update(sparql)
    if update:
        return _UPDATE.format(update)
    words = list(_loose_words(sparql))
    if any("SERVICE" in word for word in words):
        return _SERVICE
    froms = sum("FROM" in word for word in words)
    if not froms:
        return None
    if not graphs:
        return _FROM
    named = list(_graphs(sparql, known))
    if len(named) == froms and all(name in graphs for name in named):
        return None
    return _FROM_ELSEWHERE.format(min(graphs))


def _plainly_harmless(sparql: str) -> bool:
    """Whether a query is short and flat, without escapes, and has no suspicious word in it anywhere.

    Each condition is stricter than the one that the tokens are searched for, and takes a fiftieth of the time;
    most queries meet them all.
    """
    if len(sparql) > MAX_TOKENS or "\\" in sparql or len(_DEEPENING.findall(sparql)) > MAX_DEPTH:
        return False
    return _SUSPICIOUS.search(sparql.upper()) is None


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


def _graphs(sparql: str, known: Mapping[str, str]) -> Iterator[str | None]:
    """The IRI that each FROM names, where it is plainly written; None for one that is not, or for FROM NAMED."""
    tokens = [token for token in _tokens(sparql, 0) if token.kind != "blank"]
    base, prefixes = "", dict(known)
    for place, token in enumerate(tokens[:-1]):
        word, following = _plain(token.text), tokens[place + 1]
        if token.kind != "word":
            continue
        if word == "BASE":
            base = _iri(following, base, prefixes) or base
        elif word == "PREFIX" and place + 2 < len(tokens):
            prefixes[following.text.rstrip(":")] = _iri(tokens[place + 2], base, prefixes) or ""
        elif word == "FROM":
            yield _iri(following, base, prefixes)


def _iri(token: _Token, base: str, prefixes: Mapping[str, str]) -> str | None:
    """The IRI of a token that is one, or a prefixed name without escapes."""
    if token.kind == "iri":
        text = _unescaped(token.text[1:-1])
        return urljoin(base, text) if base else text
    prefix, colon, local = token.text.partition(":")
    if token.kind != "name" or not colon or "\\" in local or prefix not in prefixes:
        return None
    return prefixes[prefix] + local


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
    return _unescaped(word).upper()


def _unescaped(text: str) -> str:
    return re.sub(_ESCAPE, lambda found: chr(min(int(found.group()[2:], 16), 0x10FFFF)), text)
