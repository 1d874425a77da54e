"""plan.json: what the plan rests on, how good it is, and what every other file's hash is."""

import hashlib
import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from desk import Finding
from planner.headline import Headline
from planner.output.finding_record import packed
from planner.output.json_text import plain
from planner.output.layout import files_below
from planner.planned import Planned
from planner.rows import rows

FORMAT = 1
_PACKAGES = ("pandas", "numpy", "scipy", "statsmodels", "numba", "PuLP", "highspy", "plotly")


def manifest(planned: Planned, *, lang: str) -> dict[str, Any]:
    """Everything that plan.json says, but for the files' hashes."""
    desk, plan = planned.desk, planned.plan
    settings = desk.settings.model_dump(mode="json")
    return {
        "peakdesk": version("peakdesk"),
        "format": FORMAT,
        "made_at": planned.made_at,
        "language": lang,
        "status": plan.status,
        "exit_code": int(planned.exit_code),
        "desk": {
            "name": desk.settings.name, "source": desk.source, "content_hash": desk.content_hash,
            "timezone": desk.settings.timezone, "currency": desk.settings.currency,
            "start": desk.settings.horizon.start, "end": desk.settings.horizon.end,
        },
        "settings": settings,
        "settings_hash": hashlib.sha256(desk.settings.model_dump_json().encode()).hexdigest(),
        "seeds": {"scheduler": plan.outcome.seed, "forecast": desk.settings.forecast.seed,
                  "simulation": planned.simulation.seed},
        "simulation_runs": planned.simulation.runs,
        "simulated_absences": planned.simulation.absences,
        "simulated_calls": planned.simulation.calls,
        "versions": versions(),
        "outcome": plain(plan.outcome),
        "audit": audit_verdict(plan.findings),
        "costs": {row.term: row.amount for row in rows(plan.costs)},
        "brief": _brief(planned.brief),
        "seconds": dict(planned.seconds),
        "findings": [packed(finding) for finding in planned.findings],
        "meta": plain(plan.meta),
    }  # fmt: skip


def _brief(brief: Headline) -> dict[str, Any]:
    own = {name: plain(getattr(brief, name)) for name in ("people", "shifts", "paid_h", "overloaded", "worst")}
    return own | {name: plain(getattr(brief, name)) for name in ("volumes", "queues", "agreements")}


def audit_verdict(findings: Sequence[Finding]) -> dict[str, Any]:
    """The independent audit in brief: whether a hard rule is broken, and how often each rule was found wanting."""
    hard = Counter(finding.code for finding in findings if finding.severity == "error")
    priced = Counter(finding.code for finding in findings if finding.severity == "warning")
    own = {"clean": not hard, "hard": dict(hard), "priced": dict(priced)}
    return own | {"findings": [packed(finding) for finding in findings]}


def versions() -> dict[str, str]:
    """Versions of Python, the platform and the packages that the numbers depend on."""
    own = {"python": platform.python_version(), "platform": platform.platform(terse=True)}
    return own | {name: version(name) for name in _PACKAGES}


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below ``folder``, by relative path with forward slashes."""
    return {path.relative_to(folder).as_posix(): _digest(path) for path in files_below(folder)}


def changed_files(now: Mapping[str, str], known: Mapping[str, str]) -> list[str]:
    """The files that are missing or no longer have the hash that plan.json states, by the hashes that they have now."""
    return sorted(name for name, digest in known.items() if now.get(name) != digest)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
