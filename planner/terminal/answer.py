"""What a command answers: a page for people, a record for machines, an exit code."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from desk import Finding
from planner.output.json_text import json_text, write_json
from planner.verdict import Exit

_STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    Parameters
    ----------
    page : for standard output; empty where there is nothing to read.
    record : for ``--json``, beside command, exit code and findings.
    complaint : for standard error.
    lang : of a desk that was not known before it was read: one of the store; empty: as the command began.
    """

    page: str
    record: Mapping[str, Any] = field(default_factory=dict)
    code: Exit = Exit.DONE
    findings: Sequence[Finding] = ()
    complaint: str = ""
    lang: str = ""


def deliver(answer: Answer, command: str, json_file: str | None, lang: str) -> tuple[Finding, ...]:
    """Print the answer's page and write its record to ``json_file`` (``-``: standard output, the page goes to
    standard error). The exit code is the command's, also where the record is of a plan that has one.

    Returns
    -------
    What could not be delivered; each of the two is tried, whatever became of the other.
    """
    own = {"command": command, "exit_code": int(answer.code)}
    record = own | dict(answer.record) | own | {"findings": [finding.record(lang) for finding in answer.findings]}
    ways = [_tried("page_unwritable", "", lambda: _print(answer, aside=json_file == _STDOUT))]
    if json_file == _STDOUT:
        ways.append(_tried("page_unwritable", "", lambda: click.echo(json_text(record), nl=False)))
    elif json_file is not None:
        ways.append(_tried("json_unwritable", json_file, lambda: write_json(record, Path(json_file))))
    return tuple(finding for finding in ways if finding)


def undeliverable(error: OSError, code: str = "page_unwritable", file: str = "") -> Finding:
    """The finding that tells of ``error``."""
    return Finding(code, file=file, facts={"reason": error.strerror or str(error)})


def _print(answer: Answer, *, aside: bool) -> None:
    if answer.page:
        click.echo(answer.page, err=aside)
    if answer.complaint:
        click.echo(answer.complaint, err=True)


def _tried(code: str, file: str, way: Callable[[], object]) -> Finding | None:
    """A reader who left (a broken pipe) is no fault."""
    try:
        way()
    except BrokenPipeError:
        raise
    except OSError as error:
        return undeliverable(error, code, file)
    return None
