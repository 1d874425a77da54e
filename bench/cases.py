"""Where the published cases are."""

import os
from pathlib import Path


def cases_folder() -> Path | None:
    """The folder of the cases (``PEAKDESK_CASES``, else ``../shared/cases``); None where it is absent."""
    folder = Path(os.environ.get("PEAKDESK_CASES", Path(__file__).resolve().parents[2] / "shared" / "cases"))
    return folder if folder.is_dir() else None
