"""The reference of the API, made from its routes: ``python -m views.api.reference docs/reference``."""

import sys
from collections.abc import Iterator
from pathlib import Path

from desk.i18n import LANGUAGES, catalogue, text
from desk.tables import table
from store import MATRIX
from store.principal import STORED_ROLES
from views.api.route import ROOT, ROUTES, ApiRoute

_FILE = {"en": "api.md", "zh": "api.zh.md"}


def write_reference(folder: Path) -> None:
    """Write the reference in every language to ``folder``."""
    for lang in LANGUAGES:
        (folder / _FILE[lang]).write_text(reference(lang), encoding="utf-8")


def reference(lang: str) -> str:
    """The reference in ``lang`` as Markdown."""
    head = [f"# {text('api.reference', lang)}", "", text("api.about", lang).strip(), ""]
    titles = [text(f"api.{key}", lang) for key in ("address", "meaning", "who")]
    rows = [f"| {' | '.join(titles)} |", "| --- | --- | --- |", *(_row(route, lang) for route in ROUTES), ""]
    said = [text(f"api.{key}", lang).strip().format() for key in ("edits", "calendars")]
    return "\n".join([*head, *rows, *_columns(lang), *_statuses(lang), "\n\n".join(said), ""])


def _row(route: ApiRoute, lang: str) -> str:
    return f"| `{route.method} {ROOT}{route.path}` | {text(f'api.route.{route.name}', lang)} | {_who(route, lang)} |"


def _who(route: ApiRoute, lang: str) -> str:
    """Each role that may, with how far."""
    if not route.action:
        return text("api.self", lang)
    scopes = {role: MATRIX[route.action][role] for role in STORED_ROLES}
    return ", ".join(f"{role}: {text(f'api.scope.{reach}', lang)}" for role, reach in scopes.items() if reach != "none")


def _columns(lang: str) -> Iterator[str]:
    for route in ROUTES:
        if route.table:
            names = ", ".join(table(route.table).columns)
            yield f"- {text('api.columns', lang, table=route.table, columns=names)}"
    yield ""


def _statuses(lang: str) -> Iterator[str]:
    yield from (f"| {text('api.statuses', lang)} | {text('api.meaning', lang)} |", "| --- | --- |")
    known = (key for key in catalogue(lang) if key.startswith("api.status."))
    yield from (f"| {key.rpartition('.')[2]} | {text(key, lang)} |" for key in known)
    yield ""


if __name__ == "__main__":
    write_reference(Path(sys.argv[1]))
