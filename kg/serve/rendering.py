"""Pages out of templates. Every value is escaped; every template is read before workers part, who may open no file."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined


def _environment() -> Environment:
    folder = files("kg.serve").joinpath("templates")
    sources = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".j2")
    }
    environment = Environment(
        loader=DictLoader(sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in sources:
        environment.get_template(name)
    return environment


_TEMPLATES = _environment()


def render(template: str, **values: object) -> str:
    """A page.

    Args:
        template: the name of a file in ``kg/serve/templates``.
        values: what it shows.
    """
    return _TEMPLATES.get_template(template).render(**values)
