"""Progress is drawn for people, and Ctrl-C is heard."""

import io
import signal
from collections.abc import Iterator

import pytest

from desk import Progress
from planner.steps import SEQUENCE, Steps
from planner.terminal.listening import Listener, listening
from planner.terminal.progress import TerminalProgress, bar

ROSTER = Progress("planner.phase.roster")


@pytest.fixture
def keep_handler() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted_while(phase: str) -> None:
    with listening("en") as report:
        report(Progress(phase))
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize(("lang", "words"), [("en", "gap 5.00% · best 1,200 · bound 1,140"), ("zh", "差距 5.00%")])
def test_the_optimiser_shows_incumbent_bound_and_gap(lang: str, words: str) -> None:
    """What is known of the search stands on the line, after the phase's number."""
    stream = io.StringIO()
    progress = TerminalProgress(stream, lang)
    progress(ROSTER)
    progress(Progress("planner.phase.roster", 0.5, 1200.0, 1140.0))
    progress.close()
    assert words in stream.getvalue()
    assert "[4/9] █████░░░░░ " in stream.getvalue()
    assert stream.getvalue().endswith("\n")


def test_a_phase_of_another_room_keeps_our_number() -> None:
    """Sub-phases are told in the room's own words under the same step."""
    stream = io.StringIO()
    progress = TerminalProgress(stream, "en")
    progress(Progress("planner.phase.simulate"))
    progress(Progress("staffing.phase.simulate", 0.1))
    assert stream.getvalue().count("[6/9]") == 4


def test_bar_is_never_overfull() -> None:
    """A share outside 0-1 does not tear the line."""
    assert [bar(share).count("█") for share in (-1.0, 0.0, 1.0, 7.0)] == [0, 0, 10, 10]
    assert bar(None) == ""


def test_no_terminal_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is drawn into a pipe or a log."""
    with listening("en") as report:
        assert report(ROSTER)
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("keep_handler")
def test_first_interrupt_stops_the_optimiser_only(capsys: pytest.CaptureFixture[str]) -> None:
    """While the roster is made, Ctrl-C asks for the best so far; the next one is left to the system, which ends us."""
    listener = Listener(None, "en")
    signal.signal(signal.SIGINT, listener.interrupted)
    assert listener(ROSTER)
    signal.raise_signal(signal.SIGINT)
    assert not listener(Progress("scheduler.phase.search", 0.5))
    assert "best roster so far" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL
    assert listener(Progress("planner.phase.audit"))
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.usefixtures("keep_handler")
def test_interrupt_elsewhere_ends_the_run() -> None:
    """In every other phase there is no best so far to keep."""
    with pytest.raises(KeyboardInterrupt):
        interrupted_while("planner.phase.forecast")


def test_steps_are_told_and_timed() -> None:
    """Every phase is announced by a key of the catalogue and leaves its seconds."""
    told: list[str] = []
    steps = Steps(lambda progress: told.append(progress.phase) is None)
    for phase in SEQUENCE:
        with steps(phase):
            pass
    assert told == [f"planner.phase.{phase}" for phase in SEQUENCE]
    assert set(steps.seconds) == set(SEQUENCE)
