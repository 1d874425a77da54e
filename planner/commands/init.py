"""``peakdesk init``: a folder to begin with."""

import re
import shutil
from pathlib import Path

import click

from data import SAMPLES, sample_path
from desk import Finding, InputError
from desk.i18n import text
from planner.output.staging import replacing
from planner.output.write import told_if_unwritable
from planner.terminal.answer import Answer
from planner.terminal.command import command, option
from planner.terminal.session import Session

_EMPTY = "empty"
_NOT_FOR_USERS = ("truth", "__pycache__", "*.py")


@command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option("--sample", type=click.Choice([*SAMPLES, _EMPTY]), default=SAMPLES[0], show_default=True)
def init(session: Session, folder: Path, sample: str) -> Answer:
    """Write a sample desk, or empty tables and a workbook to fill in, to a new or empty folder."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise InputError([Finding("folder_in_use", file=str(folder))])
    lang = session.lang()
    with told_if_unwritable(folder), replacing(folder) as new:
        if sample == _EMPTY:
            from desk.template import write_templates

            write_templates(new, lang)
        else:
            _copy(sample, new, lang)
    told = {"folder": folder, "named": argument(folder), "sample": sample}
    words = text(f"planner.init.{'empty' if sample == _EMPTY else 'sample'}", lang, **told)
    return Answer(words, {"folder": str(folder), "sample": sample})


def _copy(sample: str, new: Path, lang: str) -> None:
    """The sample, its reports in ``lang``."""
    shutil.copytree(sample_path(sample), new, ignore=shutil.ignore_patterns(*_NOT_FOR_USERS), dirs_exist_ok=True)
    settings = (new / "desk.toml").read_text(encoding="utf-8")
    spoken = re.sub(r'(?m)^language = "\w+"', f'language = "{lang}"', settings)
    (new / "desk.toml").write_text(spoken, encoding="utf-8", newline="\n")


def argument(path: Path) -> str:
    """A path as it is written on a command line, in double quotes where a shell would take it apart."""
    words = str(path)
    return words if re.fullmatch(r"[\w@%+=:,.~/\\-]+", words) else f'"{words}"'
