"""``peakdesk app``: opens the app in the browser, on this machine only."""

import os
import subprocess
import sys
from pathlib import Path

import click

from desk import Finding, InputError
from planner.terminal.answer import Answer
from planner.terminal.command import command, option
from planner.terminal.session import LANGUAGE_VARIABLE, Session
from planner.verdict import Exit

_LOOPBACK = "127.0.0.1"
_ENTRY = Path(__file__).resolve().parents[2] / "app.py"


@command("app")
@option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, metavar="PORT")
@option("--headless", is_flag=True)
def app(session: Session, port: int, headless: bool) -> Answer:
    """Serve the app until it is stopped."""
    if not _ENTRY.is_file():
        raise InputError([Finding("app_missing", file=str(_ENTRY))])
    speaking = {} if session.explicit is None else {LANGUAGE_VARIABLE: session.explicit}
    try:
        returned = subprocess.run(server(port, headless), check=False, env=os.environ | speaking).returncode
    except KeyboardInterrupt:
        returned = 0
    return Answer("", {"returned": returned}, Exit.DONE if returned == 0 else Exit.INTERNAL)


def server(port: int, headless: bool) -> list[str]:
    """The words that start the server, bound to the loopback address."""
    settings = {
        "server.address": _LOOPBACK,
        "server.port": str(port),
        "server.headless": str(headless).lower(),
        "browser.gatherUsageStats": "false",
    }
    words = [f"--{name}={value}" for name, value in settings.items()]
    return [sys.executable, "-m", "streamlit", "run", str(_ENTRY), *words]
