"""What is asked of the pages: a path, and the form wanted."""

from __future__ import annotations

from dataclasses import dataclass

HTML = "text/html"
HTML_TEXT = "text/html; charset=utf-8"
FORMS = {
    "html": HTML,
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A request for the page or the data of one thing.

    Attributes:
        path: below ``/id/``, such as ``author/sergey-levine`` or ``author/sergey-levine.ttl``; percent signs
            decoded.
        accept: the Accept header field; None where there is none.
        origin: the server's, ``http://127.0.0.1:8000``, for links that name it.
        page: which page of a long list, from 1.
    """

    path: str
    accept: str | None = None
    origin: str = ""
    page: int = 1

    def parted(self) -> tuple[str, str | None]:
        """The path of the thing, and the media type that a suffix asks for.

        Example:
            >>> PageRequest("topic/robotics.ttl").parted()
            ('topic/robotics', 'text/turtle')
            >>> PageRequest("topic/robotics").parted()
            ('topic/robotics', None)
        """
        stem, dot, suffix = self.path.rpartition(".")
        return (stem, FORMS[suffix]) if dot and suffix in FORMS else (self.path, None)
