"""Where the files lie that kg ships beside its code: ontology, shapes, vocabulary, questions."""

from __future__ import annotations

from pathlib import Path


def ontology(*parts: str) -> Path:
    """The path of a file under ``ontology/``, in an installed package or a checkout.

    Args:
        parts: path components below the folder, for example ``"questions"``.

    Raises:
        FileNotFoundError: where the installation lacks it.

    Example:
        >>> ontology("vocabulary.ttl").name
        'vocabulary.ttl'
    """
    package = Path(__file__).resolve().parent
    for root in (package / "ontology", package.parent / "ontology"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(('ontology', *parts))} is not installed; reinstall paperkg")
