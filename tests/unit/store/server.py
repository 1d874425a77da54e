"""A PostgreSQL server of the tests' own: ``python -m tests.unit.store.server`` makes sure that there can be one."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.system_package import apt_install

_ACCOUNTS = ("postgres", "nobody")
_FAST = ("fsync=off", "full_page_writes=off", "listen_addresses=127.0.0.1", "max_connections=60", "shared_buffers=32MB")


def programs() -> Path | None:
    """Folder of the server's programs: on the path, else where Debian keeps them, the newest first."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda own: float(own.parts[-3]))
    return known[-1].parent if known else None


@contextmanager
def serving() -> Iterator[str]:
    """Address of a fresh server's own database, without a database's name; the server is gone at the end."""
    bin_, folder = programs(), Path(tempfile.mkdtemp(prefix="peakdesk-postgres-"))
    assert bin_ is not None
    data, port = folder / "data", _free_port()
    folder.chmod(0o777)
    try:
        run_as_server(
            bin_ / "initdb", "-D", data, "-U", "peakdesk", "--auth=trust", "--encoding=UTF8", "--locale=C", "-N"
        )
        options = " ".join(f"-c {own}" for own in (*_FAST, f"port={port}", f"unix_socket_directories={folder}"))
        run_as_server(bin_ / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql://peakdesk@127.0.0.1:{port}"
        finally:
            run_as_server(bin_ / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_as_server(*words: str | Path) -> None:
    """Run a command in the account of the server, which refuses to run as root."""
    command = [str(word) for word in words]
    account = _ACCOUNTS[0] if _has(_ACCOUNTS[0]) else _ACCOUNTS[1]
    own = ["runuser", "-u", account, "--", *command] if os.geteuid() == 0 else command
    with tempfile.TemporaryFile() as sink:
        done = subprocess.run(own, stdout=sink, stderr=sink, cwd="/", check=False)
        sink.seek(0)
        assert done.returncode == 0, sink.read().decode(errors="replace")


def _has(account: str) -> bool:
    return any(line.startswith(f"{account}:") for line in Path("/etc/passwd").read_text().splitlines())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Report what was found; a machine without the server fails only in CI."""
    failed = None if programs() else apt_install("postgresql")
    print(programs() or f"No PostgreSQL. {failed}")
    return int(programs() is None and os.environ.get("CI") == "true")


if __name__ == "__main__":
    sys.exit(main())
