"""Every hostile thing there is: made anew each time, so that no bomb lies in the repository.

``python -m tests.hostile.corpus`` tries each of them alone; the tests take the fields together, as they are many.
"""

import sys
import tempfile
from pathlib import Path

from desk import Desk, Finding, InputError, load_desk
from desk.i18n import LANGUAGES
from tests.hostile.books import hostile_books
from tests.hostile.entry import Hostile
from tests.hostile.fields import hostile_fields
from tests.hostile.files import hostile_files
from tests.hostile.tomls import hostile_settings


def corpus() -> list[Hostile]:
    """Fields, files, settings, workbooks."""
    return [*hostile_fields(), *hostile_files(), *hostile_settings(), *hostile_books()]


def loaded(path: Path) -> tuple[Desk | None, tuple[Finding, ...]]:
    """The desk, or why there is none."""
    try:
        desk = load_desk(path)
    except InputError as refused:
        return None, refused.findings
    return desk, desk.findings


def complaint(hostile: Hostile, desk: Desk | None, findings: tuple[Finding, ...]) -> str:
    """What is wrong with how it was taken; empty where nothing is."""
    lines = [finding.line(lang) for finding in findings for lang in LANGUAGES]
    if any(not letter.isprintable() for line in lines for letter in line):
        return f"unprintable: {lines}"
    codes = {finding.code for finding in findings if finding.severity == "error"}
    if desk is None:
        return "" if codes and (not hostile.codes or codes & set(hostile.codes)) else f"refused by {sorted(codes)}"
    return "" if not hostile.codes or "" in hostile.codes else "taken"


def main() -> int:
    """Try each alone; the number of those that were taken wrongly, at most 1."""
    wrong = 0
    for hostile in corpus():
        with tempfile.TemporaryDirectory() as folder:
            said = complaint(hostile, *loaded(hostile.make(Path(folder) / "desk")))
        if said:
            wrong += 1
            print(hostile.name, said)
    print(f"{len(corpus()) - wrong} of {len(corpus())} refused or harmless")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
