"""What a command answers: a page for people, a record for machines, an exit code."""

from collections.abc import Mapping, Sequence
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
    """

    page: str
    record: Mapping[str, Any] = field(default_factory=dict)
    code: Exit = Exit.DONE
    findings: Sequence[Finding] = ()
    complaint: str = ""


def deliver(answer: Answer, command: str, json_file: str | None, lang: str) -> None:
    """Print the answer's page and write its record to ``json_file`` (``-``: standard output, the page goes to
    standard error)."""
    if answer.page:
        click.echo(answer.page, err=json_file == _STDOUT)
    if answer.complaint:
        click.echo(answer.complaint, err=True)
    if json_file is not None:
        own = {"command": command, "exit_code": int(answer.code)}
        record = own | dict(answer.record) | {"findings": [finding.record(lang) for finding in answer.findings]}
        click.echo(json_text(record), nl=False) if json_file == _STDOUT else write_json(record, Path(json_file))
