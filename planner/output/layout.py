"""The names inside an output folder, and whose a folder is."""

import json
from pathlib import Path
from typing import Any

from desk.errors import Finding, InputError

TABLES = {
    "forecast": "forecast.csv",
    "curves": "curves.csv",
    "roster": "roster.csv",
    "duty": "duty.csv",
    "service": "service.csv",
    "findings": "findings.csv",
    "work": "work.csv",
    "costs": "costs.csv",
    "scores": "scores.csv",
    "contacts": "contacts.csv",
    "marginals": "marginals.csv",
    "offers": "offers.csv",
}
EXTRAS = ("evidence", "explanation", "analogues", "kernels")
PATHS = "forecast_paths.npz"
MANIFEST = "plan.json"
WORKBOOK = "roster.xlsx"
REPORT = "report.html"
CALENDARS = "ics"
DESK = "desk"
_OWN_MARK = "peakdesk"
_LEFT_BY_OTHERS = (".", "~$", "Thumbs.db", "desktop.ini")


def manifest_of(out: Path) -> dict[str, Any] | None:
    """The content of a Peakdesk output's plan.json; None where the folder is not a Peakdesk output."""
    try:
        content = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and _OWN_MARK in content else None


def refuse_foreign(out: Path) -> None:
    """Make sure that replacing ``out`` destroys nothing that Peakdesk did not write.

    Raises
    ------
    InputError
        ``out`` is a file, a folder of somebody else's, or an output with files of somebody else's inside.
    """
    if out.is_file():
        raise InputError([Finding("output_is_file", file=str(out))])
    if not out.is_dir() or not any(out.iterdir()):
        return
    manifest = manifest_of(out)
    if manifest is None:
        raise InputError([Finding("output_not_ours", file=str(out))])
    foreign = _strangers(out, set(manifest.get("files", ())))
    if foreign:
        raise InputError([Finding("output_holds_foreign", file=str(out), value=name) for name in foreign])


def files_below(folder: Path) -> list[Path]:
    """All files below ``folder`` in a stable order."""
    return sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def _strangers(out: Path, own: set[str]) -> list[str]:
    names = (path.relative_to(out) for path in files_below(out))
    known = own | {MANIFEST}
    return [str(name) for name in names if name.as_posix() not in known and not name.name.startswith(_LEFT_BY_OTHERS)]
