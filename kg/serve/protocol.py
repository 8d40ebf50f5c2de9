"""SPARQL 1.1 Protocol, the query operation: HTTP in, a query out.

https://www.w3.org/TR/sparql11-protocol/#query-operation. Update is refused: the server only reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from kg.serve.reply import Reply, refusal
from kg.serve.sparql import SparqlRequest

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_MOST_FIELDS = 100
_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")
_READS_ONLY = "this endpoint only reads; write to the papers and build the graph anew"


@dataclass(frozen=True, slots=True)
class Call:
    """What the protocol reads of an HTTP request.

    Attributes:
        method: ``GET``, ``HEAD`` or ``POST``.
        parameters: what follows the question mark, as it came.
        content_type: the header of that name; empty where there is none.
        body: the whole body.
        accept: the Accept header; None where there is none.
    """

    method: str
    parameters: bytes = b""
    content_type: str = ""
    body: bytes = b""
    accept: str | None = field(default=None)


class BadRequestError(Exception):
    """What is wrong with a request, in one line.

    Attributes:
        status: the HTTP status code.
    """

    def __init__(self, status: int, line: str) -> None:
        super().__init__(line)
        self.status = status


def read(call: Call, most: int) -> SparqlRequest | Reply:
    """The query that a request carries, or what is wrong with it.

    Args:
        call: the request.
        most: how large the answer may be, in bytes.

    Example:
        >>> read(Call("GET", b"query=ASK%7B%7D"), 10).query
        'ASK{}'
        >>> read(Call("GET", b"query=%FF"), 10).content
        b'the parameters are not UTF-8; encode them as UTF-8, then with % signs\\n'
    """
    try:
        fields = fields_of(call.parameters, "parameters")
        direct: list[str] = []
        if call.method == "POST":
            kind = media_type_of(call.content_type)
            if kind == FORM:
                fields += fields_of(call.body, "form")
            elif kind == QUERY:
                direct = [_text(call.body, "query")]
            elif kind == UPDATE:
                raise BadRequestError(403, _READS_ONLY)
            else:
                raise BadRequestError(415, f"send the query as {FORM} or {QUERY}, in UTF-8")
        return _request(fields, direct, call.accept, most)
    except BadRequestError as error:
        return refusal(error.status, str(error))


def _request(
    fields: list[tuple[str, str]], direct: list[str], accept: str | None, most: int
) -> SparqlRequest:
    values: Mapping[str, list[str]] = {name: [v for n, v in fields if n == name] for name, _ in fields}
    if any(name in values for name in _UPDATES):
        raise BadRequestError(403, _READS_ONLY)
    queries = direct + values.get("query", [])
    if not queries:
        raise BadRequestError(400, "no query; send it as the parameter query=")
    if len(queries) > 1:
        raise BadRequestError(400, "more than one query; send them one at a time")
    return SparqlRequest(
        queries[0],
        accept,
        most,
        tuple(values.get("default-graph-uri", ())),
        tuple(values.get("named-graph-uri", ())),
    )


def media_type_of(content_type: str) -> str:
    """A media type without its parameters; none where its charset is another than UTF-8."""
    kind, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = [p.partition("=")[2].strip(' "') for p in parameters if p.startswith("charset")]
    return kind if all(charset in ("utf-8", "utf8", "us-ascii") for charset in charsets) else ""


def fields_of(encoded: bytes, what: str) -> list[tuple[str, str]]:
    """The fields of a form, in order (https://url.spec.whatwg.org/#urlencoded-parsing), but strictly UTF-8.

    Args:
        encoded: the form, or what follows the question mark of an address.
        what: which of them, ``form`` or ``parameters``.

    Raises:
        BadRequestError: where it is not UTF-8, or has too many.
    """
    text = _text(encoded, what)
    if text.count("&") >= _MOST_FIELDS:
        raise BadRequestError(400, f"more than {_MOST_FIELDS} fields in the {what}; leave some out")
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise BadRequestError(400, _not_utf8(what)) from None


def _text(content: bytes, what: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequestError(400, _not_utf8(what)) from None


def _not_utf8(what: str) -> str:
    if what == "query":
        return "the query is not UTF-8; encode it as UTF-8"
    be = "are" if what == "parameters" else "is"
    return f"the {what} {be} not UTF-8; encode {'them' if be == 'are' else 'it'} as UTF-8, then with % signs"
