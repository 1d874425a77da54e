"""An environment for other people's packages, which are never ours."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def peers_python(name: str, pins: Path) -> Path | None:
    """The Python of the environment ``name``, built where it is missing; None where its packages can't be had."""
    folder = ROOT / "out" / "bench" / f"{name}-venv"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(pins)]
        if subprocess.run(install, check=False).returncode:
            return None
        (folder / "ready").touch()
    return python
