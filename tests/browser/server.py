"""The real server on a free loopback port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
_START_S = 60.0


@contextmanager
def serving(
    out: Path,
    log: Path,
    *,
    words: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    port: int = 0,
    ready: bool = True,
) -> Iterator[str]:
    """Address of the app, started as ``streamlit run app.py`` on the plans in ``out`` and a store of its own beside
    the log, and stopped afterwards.

    ``words`` and ``environment`` are given to the server besides; it may refuse us where it need not be ``ready``.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", *words]
    with log.open("wb") as sink:
        kept = f"sqlite:///{log.with_suffix('.db')}"
        own = os.environ | {"PEAKDESK_OUT": str(out), "PEAKDESK_DB": kept} | dict(environment or {})
        process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=sink, stderr=subprocess.STDOUT)
        try:
            _wait(f"{address}/_stcore/health", process, log, {200} if ready else {200, 403})
            yield address
        finally:
            _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask it to end; on a machine that is too busy to hear, end it."""
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=20)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path, good: set[int]) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text(errors="replace")
        try:
            with urlopen(url, timeout=5) as answer:
                if answer.status in good:
                    return
        except HTTPError as error:
            if error.code in good:
                return
            time.sleep(0.2)
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"no answer within {_START_S} s: {log.read_text(errors='replace')}")
