"""Evidence of identity in words."""

from __future__ import annotations

from kg.resolve.compatibility import Family, Given, Likeness

_GIVEN = {
    Given.SAME: "",
    Given.SPELLED_OUT: "initials spelled out",
    Given.MIDDLE: "a middle name more",
    Given.INITIAL: "an initial for a given name",
    Given.SHORT: "a short form of the given name",
    Given.LATER: "a later given name",
    Given.SLIP: "given names one letter apart",
}
_FAMILY = {
    Family.SAME: "",
    Family.PART: "a part of the family name",
    Family.SLIP: "family names one letter apart",
    Family.TURNED: "given and family name turned round",
}
_NEAR = 0.1  # cosine from which co-authors keep like company


def of_merger(likeness: Likeness, shared: int, near: float) -> str:
    """Why two names are, or may be, one person's.

    Args:
        likeness: in what they differ.
        shared: co-authors of both.
        near: how alike the company of their co-authors is, 0 to 1.

    Example:
        >>> of_merger(Likeness(Given.INITIAL, Family.SAME, common=0, extra=1), shared=3, near=0.5)
        'compatible names (an initial for a given name), 3 shared co-authors'
    """
    differences = [words for words in (_GIVEN[likeness.given], _FAMILY[likeness.family]) if words]
    names = f"compatible names ({', '.join(differences)})" if differences else "names of the same letters"
    return f"{names}, {_company(shared, near)}"


def of_parting(bearers: float, people: int) -> str:
    """Why the papers of one name are held to be several people's.

    Args:
        bearers: expected of the name.
        people: that its papers were parted among.

    Example:
        >>> of_parting(bearers=1.62, people=5)
        'a common name (1.6 bearers expected), its papers parted among 5 people by co-authors, titles and years'
    """
    common = f"{bearers:.1f} bearers expected" if bearers < float("inf") else "initials only"
    return (
        f"a common name ({common}), its papers parted among {people} people by co-authors, titles and years"
    )


def _company(shared: int, near: float) -> str:
    if shared:
        return f"{shared} shared co-author{'s' if shared > 1 else ''}"
    return "co-authors who keep like company" if near > _NEAR else "no shared co-author"
