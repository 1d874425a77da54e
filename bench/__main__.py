"""Every bench, one after the other, each in a process of its own: ``python -m bench``."""

import subprocess
import sys

from bench.cases import cases_folder

ALWAYS = (
    ("bench.simulate",),
    ("bench.forecast_speed",),
    ("bench.forecast_truth",),
    ("bench.promotion",),
    ("bench.audit",),
    ("bench.random_payouts",),
    ("bench.incentive_size",),
    ("bench.roster", "50", "100"),
    ("bench.roster_rivals", "618"),
)
ON_CASES = (
    ("bench.forecast_cases",),
    ("bench.forecast",),
    ("bench.forecast_events",),
    ("bench.forecast_intraday",),
    ("bench.roster_cases", "Instance1", "60"),
    ("bench.roster_cases", "Instance2", "60"),
    ("bench.roster_cases", "Instance3", "60"),
    ("bench.contact_cases",),
    ("bench.real_desk",),
)


def main() -> int:
    """Run them; the largest exit code of all."""
    found = cases_folder()
    if found is None:
        sys.stderr.write("the published cases are not here (PEAKDESK_CASES): only what needs none is run\n")
    return max(run(module, *words) for module, *words in (*ALWAYS, *(ON_CASES if found else ())))


def run(module: str, *words: str) -> int:
    """One bench; its exit code."""
    sys.stdout.write(f"\n== {module} {' '.join(words)}\n")
    sys.stdout.flush()
    return subprocess.run([sys.executable, "-m", module, *words], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
