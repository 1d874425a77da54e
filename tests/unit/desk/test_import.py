"""Importing the vocabulary is quick: every room and every command does it."""

import subprocess
import sys

HEAVY = (
    "openpyxl",
    "xlsxwriter",
    "holidays",
    "chinese_calendar",
    "statsmodels",
    "scipy",
    "pulp",
    "streamlit",
    "plotly",
)


def test_import_desk_brings_no_heavy_library() -> None:
    """Workbooks and calendars are loaded when they are needed, not at import."""
    code = f"import sys, desk; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
