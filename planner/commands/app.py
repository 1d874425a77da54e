"""``peakdesk app``: opens the app in the browser, for this machine only unless a sign-in says who else may come."""

import json
import os
import sys
from pathlib import Path

import click

from desk import Finding, InputError
from planner.serve.refusal import refuse_taken, refuse_unsafe
from planner.serve.server_process import served_to_its_end
from planner.serve.serving import LOOPBACK, Serving
from planner.terminal.answer import Answer
from planner.terminal.command import command, option
from planner.terminal.session import LANGUAGE_VARIABLE, Session
from planner.verdict import Exit

_ENTRY = Path(__file__).resolve().parents[2] / "app.py"
_NAMED = "email"
ALONE = Serving()
_ALWAYS = {
    "server.maxUploadSize": "50",
    "server.fileWatcherType": "none",
    "server.showEmailPrompt": "false",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "global.disableWidgetStateDuplicationWarning": "true",
    "theme.base": "light",
    "theme.primaryColor": "#0072B2",
    "theme.textColor": "#0B1116",
}
"""As in ``.streamlit/config.toml``, which stands beside the sources only and not in an installed package."""


@command("app")
@option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, metavar="PORT")
@option("--headless", is_flag=True)
@option("--address", default=LOOPBACK, show_default=True, metavar="ADDRESS")
@option("--secrets", type=click.Path(path_type=Path), metavar="FILE")
@option("--proxy", default="", metavar="ADDRESS")
@option("--proxy-header", default="", metavar="NAME")
def app(
    session: Session, port: int, headless: bool, address: str, secrets: Path | None, proxy: str, proxy_header: str
) -> Answer:
    """Serve the app until it is stopped."""
    if not _ENTRY.is_file():
        raise InputError([Finding("app_missing", file=str(_ENTRY))])
    serving = asked_for(address, secrets, proxy, proxy_header)
    refuse_unsafe(serving)
    refuse_taken(serving.address, port)
    speaking = {} if session.explicit is None else {LANGUAGE_VARIABLE: session.explicit}
    environment = os.environ | speaking | serving.environment()
    returned = served_to_its_end(server(port, headless, serving), environment)
    return Answer("", {"returned": returned}, Exit.DONE if returned == 0 else Exit.INTERNAL)


def asked_for(address: str, secrets: Path | None, proxy: str, header: str) -> Serving:
    """How the words of the command line ask to be served."""
    sign_in = "proxy" if proxy or header else "oidc" if secrets is not None else "single"
    return Serving(address, sign_in, proxy, header, None if secrets is None else secrets.absolute())  # type: ignore[arg-type]


def server(port: int, headless: bool, serving: Serving = ALONE) -> list[str]:
    """The words that start the server."""
    settings = {
        "server.address": serving.address,
        "server.port": str(port),
        "server.headless": str(headless).lower(),
        **_ALWAYS,
    }
    if serving.sign_in == "proxy":
        settings["server.trustedUserHeaders"] = json.dumps({serving.header: _NAMED})
    if serving.sign_in == "oidc":
        settings["secrets.files"] = str(serving.secrets)
    words = [f"--{name}={value}" for name, value in settings.items()]
    return [sys.executable, "-m", "streamlit", "run", str(_ENTRY), *words]
