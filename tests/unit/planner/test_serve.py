"""The app does not start where somebody could reach what is not theirs."""

import os
import random
import signal
import socket
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk import InputError
from desk.i18n import LANGUAGES
from planner.cli import main
from planner.commands.app import server
from planner.serve.refusal import refuse_forwarded, refuse_unsafe
from planner.serve.secret import is_weak
from planner.serve.server_process import served_to_its_end
from planner.serve.serving import FORWARDED, Serving, serving_of
from tests.awaited import awaited
from views.pinned_proxy import PinnedProxy

AUTH = {
    "redirect_uri": "https://plan.example.com/oauth2callback",
    "client_id": "peakdesk",
    "client_secret": "of the provider",
    "server_metadata_url": "https://login.example.com/.well-known/openid-configuration",
}


def secrets_file(folder: Path, mode: int = 0o600, **changed: str) -> Path:
    """A good file of secrets with some keys changed; an empty one is left out."""
    file = folder / "secrets.toml"
    lines = {"cookie_secret": "M4Pk9mSQ1vXw7ZrTg2uYb8nJc5eHd0LaF3oKi6Wq-E_"} | AUTH | changed
    file.write_text(
        "[auth]\n" + "".join(f'{key} = "{value}"\n' for key, value in lines.items() if value), encoding="utf-8"
    )
    file.chmod(mode)
    return file


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """Refused by just these findings, with words and cures in both languages."""
    with pytest.raises(InputError) as caught:
        yield
    assert [finding.code for finding in caught.value.findings] == list(codes)
    assert all(finding.cure(lang) in finding.line(lang) for finding in caught.value.findings for lang in LANGUAGES)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "localhost", "127.0.0.9"])
def test_alone_it_serves_this_machine(address: str) -> None:
    """Nobody else can reach it."""
    refuse_unsafe(Serving(address))


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.7", "plan.example.com", "", "127.0.0.1.example.com"])
def test_others_need_a_sign_in(address: str) -> None:
    """Without one everybody would be the owner."""
    with refused("serve_needs_sign_in"):
        refuse_unsafe(Serving(address))


def test_a_server_started_without_an_address_serves_all() -> None:
    """So it is taken as one."""
    with refused("serve_needs_sign_in"):
        refuse_unsafe(serving_of(None, {}))


def test_the_command_refuses_in_words(tmp_path: Path) -> None:
    """Exit code 2, and how to mend it."""
    result = CliRunner().invoke(main, ["app", "--address", "0.0.0.0"], standalone_mode=False)
    assert result.return_value == 2
    assert "serve-a-team.md" in result.stderr


def test_a_provider_with_good_secrets_serves_anybody(tmp_path: Path) -> None:
    """On any address; the server's process is told where the secrets are."""
    serving = Serving("0.0.0.0", "oidc", secrets=secrets_file(tmp_path))
    refuse_unsafe(serving)
    assert f"--secrets.files={tmp_path / 'secrets.toml'}" in server(8600, True, serving)
    assert serving_of("0.0.0.0", serving.environment()) == serving


@pytest.mark.skipif(os.name != "posix", reason="rights of files are another thing there")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o666, 0o660, 0o620])
def test_secrets_that_others_may_read_are_refused(tmp_path: Path, mode: int) -> None:
    """Or write."""
    with refused("serve_secrets_open"):
        refuse_unsafe(Serving("127.0.0.1", "oidc", secrets=secrets_file(tmp_path, mode)))


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("cookie_secret", "", "serve_weak_secret"),
        ("cookie_secret", "changeme", "serve_weak_secret"),
        ("redirect_uri", "http://plan.example.com/oauth2callback", "serve_redirect"),
        ("redirect_uri", "https://plan.example.com/", "serve_redirect"),
        ("redirect_uri", "javascript://plan/oauth2callback", "serve_redirect"),
        ("client_id", "", "serve_secrets_missing"),
        ("client_secret", " ", "serve_secrets_missing"),
        ("server_metadata_url", "", "serve_secrets_missing"),
        ("server_metadata_url", "http://login.example.com/x", "serve_provider"),
    ],
)
def test_secrets_that_protect_nothing_are_refused(tmp_path: Path, key: str, value: str, code: str) -> None:
    """Each with the key that is wrong."""
    with refused(code):
        refuse_unsafe(Serving("0.0.0.0", "oidc", secrets=secrets_file(tmp_path, **{key: value})))


@pytest.mark.parametrize("text", ["", "x = ", "[auth", "auth = 1", "[other]\nx = 1", "x = " + "[" * 9999])
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    """Never a traceback."""
    file = secrets_file(tmp_path)
    file.write_text(text, encoding="utf-8")
    with refused("serve_secrets_broken"):
        refuse_unsafe(Serving("0.0.0.0", "oidc", secrets=file))


@pytest.mark.parametrize("where", ["nothing", "."])
def test_no_file_is_refused(tmp_path: Path, where: str) -> None:
    """Nor a folder."""
    with refused("serve_no_secrets"):
        refuse_unsafe(Serving("0.0.0.0", "oidc", secrets=tmp_path / where))


def test_a_pinned_proxy_serves_anybody() -> None:
    """It is told apart by its address, and its header is mapped to who looks."""
    serving = Serving("0.0.0.0", "proxy", "10.0.0.2", "X-Auth-Email")
    refuse_unsafe(serving)
    assert '--server.trustedUserHeaders={"X-Auth-Email": "email"}' in server(8600, True, serving)
    assert serving.environment()[FORWARDED] == ""


@pytest.mark.parametrize("proxy", ["", "*", "0.0.0.0", "::", "10.0.0.0/8", "proxy.example.com"])
def test_a_proxy_must_be_one_address(proxy: str) -> None:
    """Anything wider would let others say who they are."""
    with refused("serve_proxy_address"):
        refuse_unsafe(Serving("0.0.0.0", "proxy", proxy, "X-Auth-Email"))


@pytest.mark.parametrize("header", ["", "Cookie", "authorization", "X Auth", "x:y", "X-Auth\r\nHost", "Host"])
def test_a_header_must_be_the_proxys_own(header: str) -> None:
    """Not one that every client sends."""
    with refused("serve_proxy_header"):
        refuse_unsafe(Serving("0.0.0.0", "proxy", "10.0.0.2", header))


def test_behind_a_proxy_no_header_moves_a_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that believes X-Forwarded-For can't know its proxy by the address."""
    monkeypatch.delenv(FORWARDED, raising=False)
    with refused("serve_by_command"):
        refuse_forwarded()


def test_random_secrets_are_strong() -> None:
    """As long as the how-to makes them; hardly one in a thousand is taken for words."""
    drawn = random.Random(1)
    made = [urlsafe_b64encode(drawn.randbytes(32)).rstrip(b"=").decode() for _ in range(1000)]
    made += [drawn.randbytes(32).hex() for _ in range(1000)]
    assert sum(map(is_weak, made)) <= 2


@pytest.mark.parametrize(
    "secret",
    [
        "x" * 64, "0123456789abcdef" * 4, "abc123" * 10, "correct horse battery staple correct horse", "changeme" * 8,
        "CorrectHorseBatteryStapleCorrectHorse2026!!", "password123password123password123password123",
        "Peakdesk-Secret-Cookie-Key-2026-Production-Server", "S045o0S_VBNKzijTgIsFWA",
        "6b7aa6c671d4487567bfed15fae7aba9",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "P@ssw0rd" * 6, "你好" * 20,
        "qwertyuiopasdfghjklzxcvbnm1234567890QWERTYUIOP", "1" * 100, " " * 64,
    ],
)  # fmt: skip
def test_secrets_that_can_be_guessed_are_weak(secret: str) -> None:
    """Short, repeating, counting, or made of words."""
    assert is_weak(secret)


async def _through(client: str, *names: bytes) -> int:
    """Status of a request by a client that sends these headers."""
    sent: list[dict[str, object]] = []

    async def app(_scope: object, _receive: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 200})  # type: ignore[operator]

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    headers = [(name, b"a@example.com") for name in names]
    scope = {"type": "http", "client": (client, 1), "headers": headers}
    await PinnedProxy(app, "10.0.0.2", "X-Auth-Email")(scope, None, send)  # type: ignore[arg-type]
    return int(str(sent[0]["status"]))


@pytest.mark.parametrize(
    ("client", "names", "status"),
    [
        ("10.0.0.2", (b"x-auth-email",), 200),
        ("::ffff:10.0.0.2", (b"x-auth-email",), 200),
        ("10.0.0.2", (), 200),
        ("10.0.0.3", (b"x-auth-email",), 403),
        ("127.0.0.1", (b"x-auth-email",), 403),
        ("", (b"x-auth-email",), 403),
        ("10.0.0.2", (b"x-auth-email", b"X-Auth-Email"), 403),
    ],
)
def test_only_the_proxy_gets_through(client: str, names: tuple[bytes, ...], status: int) -> None:
    """And it says who somebody is once."""
    assert awaited(_through(client, *names)) == status


def test_a_port_that_is_taken_is_a_sentence() -> None:
    """Two servers on one port: the second says so at once, and how to get one."""
    with socket.create_server(("127.0.0.1", 0)) as first:
        done = CliRunner().invoke(main, ["app", "--port", str(first.getsockname()[1]), "--lang", "en"])
    assert done.exit_code == 2
    assert "Choose another with --port" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no service or container ends a program so there")
def test_the_server_ends_with_who_started_it() -> None:
    """Stopped as services and containers stop programs, the command left a server behind that held its port."""
    ends_us = f"import os, signal, time; os.kill(os.getppid(), {int(signal.SIGTERM)}); time.sleep(60)"
    assert served_to_its_end([sys.executable, "-S", "-c", ends_us], os.environ) == 0
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    assert served_to_its_end([sys.executable, "-S", "-c", "raise SystemExit(3)"], os.environ) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="there it is ended by another signal")
def test_the_server_ends_where_who_started_it_is_killed() -> None:
    """A command that was killed, or fell to a full memory, could ask nobody to end: its server held the port."""
    kills_us = (
        "import os, signal, time; from planner.serve.leash import end_where_leashed; end_where_leashed(); "
        "print(os.getpid(), flush=True); os.kill(os.getppid(), signal.SIGKILL); time.sleep(20); print(0)"
    )
    serves = (
        "import os, sys; from planner.serve.server_process import served_to_its_end; "
        f"served_to_its_end([sys.executable, '-c', {kills_us!r}], os.environ)"
    )
    with subprocess.Popen([sys.executable, "-c", serves], stdout=subprocess.PIPE, text=True) as command:
        assert command.stdout is not None
        assert int(command.stdout.readline())
        assert command.stdout.read() == "", "it went on"
    assert command.returncode == -signal.SIGKILL
