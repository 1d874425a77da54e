"""Writes what a log teaches into a desk's folder: settings with their comments kept, skills, and the evidence."""

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomlkit

from desk.load.encoding import as_utf8
from desk.load.ledger import Ledger
from desk.settings import Settings
from desk.write.folder import ENCODING
from desk.write.whole import write_whole
from planner.output.table_file import write_table
from planner.output.write import told_if_unwritable
from planner.rows import rows

if TYPE_CHECKING:
    from staffing.learn import Learned

EVIDENCE = Path("learned") / "estimates.csv"
SETTINGS, SKILLS = "desk.toml", "skills.csv"


def write_learned(folder: Path, learned: "Learned") -> None:
    """Put the estimates beside the desk, then change ``skills.csv`` and ``desk.toml``, each file whole or not at all.

    Raises
    ------
    InputError : one of the files can't be written.
    """
    settings = checked(changed_settings(_text(folder / SETTINGS), learned.settings))
    with told_if_unwritable(folder):
        (folder / EVIDENCE).parent.mkdir(exist_ok=True)
        write_table(learned.estimates, "estimates", folder / EVIDENCE)
        if not learned.proficiency.empty:
            _replace(folder / SKILLS, changed_skills(_text(folder / SKILLS), proficiency_of(learned)))
        _replace(folder / SETTINGS, settings)


def checked(settings: str) -> str:
    """The text of desk.toml, which must be one that can be read again."""
    Settings.model_validate(tomlkit.parse(settings).unwrap())
    return settings


def proficiency_of(learned: "Learned") -> dict[tuple[str, str], float]:
    """New proficiency of each agent and queue."""
    return {(row.agent, row.queue): row.proficiency for row in rows(learned.proficiency)}


def changed_settings(raw: str, new: Mapping[str, Mapping[str, Any]]) -> str:
    """desk.toml with new values in the queues' sections; everything else, comments too, as it stands."""
    document: Any = tomlkit.parse(raw)
    for queue, keys in new.items():
        section = document["queues"][queue]
        for key, value in keys.items():
            if value is not None:
                section[key] = _item(value)
            elif key in section:
                del section[key]
    return tomlkit.dumps(document)


def _item(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    table = tomlkit.inline_table()
    table.update(value)
    return table


def changed_skills(raw: str, values: Mapping[tuple[str, str], float]) -> str:
    """skills.csv with new proficiencies; every other cell as it stands."""
    lines = list(csv.reader(io.StringIO(raw)))
    place = {name.strip(): at for at, name in enumerate(lines[0])}
    for row in lines[1:]:
        if len(row) == len(lines[0]):
            key = (row[place["agent"]].strip(), row[place["queue"]].strip())
            row[place["proficiency"]] = f"{values[key]:g}" if key in values else row[place["proficiency"]]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def _text(file: Path) -> str:
    raw = as_utf8(file.read_bytes(), file.name, Ledger())
    return "" if raw is None else raw.decode("utf-8")


def _replace(file: Path, content: str) -> None:
    """With the line ends, and the BOM, that the file had."""
    old = file.read_bytes()
    marked = file.suffix == ".csv" and (old.startswith(BOM_UTF8) or not content.isascii())
    lines = content.replace("\r\n", "\n")
    ends = "\r\n" if b"\r\n" in old else "\n"
    write_whole(file, lines.replace("\n", ends).encode(ENCODING if marked else "utf-8"))
