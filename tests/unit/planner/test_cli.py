"""The command line: every command, both languages, honest exit codes, never a traceback."""

import errno
import json
import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from desk import Finding, NoAnswerError
from planner.cli import COMMANDS, main
from planner.commands import check as check_module
from planner.terminal.answer import Answer, deliver
from planner.verdict import Exit


def run(*words: str, **env: str) -> Result:
    return CliRunner().invoke(main, words, env={"PEAKDESK_LANG": None} | env)


def test_the_exit_code_for_machines_is_the_commands(tmp_path: Path) -> None:
    """The record of a plan has the plan's own, which knows nothing of what a re-plan warns of."""
    file = tmp_path / "told.json"
    deliver(Answer("", {"exit_code": 0, "desk": "d"}, Exit.NEEDS_EYES), "replan", str(file), "en")
    told = json.loads(file.read_text(encoding="utf-8"))
    assert (told["exit_code"], told["command"], told["desk"]) == (1, "replan", "d")


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("lang", "usage"), [("en", "Usage:"), ("zh", "用法：")])
def test_every_command_has_help_in_both_languages(name: str, lang: str, usage: str) -> None:
    """``--help`` speaks the language of ``--lang``, wherever it stands, and of PEAKDESK_LANG."""
    for result in (
        run(name, "--help", "--lang", lang),
        run(name, f"--lang={lang}", "--help"),
        run(name, "--help", PEAKDESK_LANG=lang),
    ):
        assert result.exit_code == 0
        assert usage in result.output
        assert "planner.cli" not in result.output


def test_no_command_shows_the_commands() -> None:
    """Without a command the program says what it can do."""
    result = run(PEAKDESK_LANG="en")
    assert result.exit_code == 0
    assert all(name in result.output for name in COMMANDS)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["pla"], "There is no command pla"),
        (["plan"], "DESK"),
        (["plan", "x"], "--out"),
        (["plan", "x", "--out", "y", "--gap", "3"], "--gap"),
        (["plan", "x", "--out", "y", "--solver", "excel"], "--solver"),
        (["check", "x", "--nope"], "--nope"),
        (["check", "x", "y"], "There is no place for y"),
        (["check", "x", "--lang", "fr"], "--lang"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_misuse_is_bad_input(words: list[str], told: str, lang: str) -> None:
    """Wrong words on the command line end with 2 and name the word."""
    result = run(*words, PEAKDESK_LANG=lang)
    assert result.exit_code == Exit.BAD_INPUT
    assert (told if lang == "en" else told.rsplit(" ", 1)[-1]) in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (
            ["plan", "x", "--out", "y", "--gap", "3"],
            "a number is wanted, at least 0, below 1.",
            "应为数字，不小于 0，小于 1。",
        ),
        (["plan", "x", "--out", "y", "--seed", "x"], "a whole number is wanted, at least 0.", "应为整数，不小于 0。"),
        (["plan", "x", "--out", "y", "--solver", "excel"], "it is one of highs, cbc.", "可选值为 highs, cbc。"),
        (["explain", "x", "--date", "18/06/2026"], "a date is written as 2026-06-18.", "日期请写成 2026-06-18。"),
        (["check", "x", "y"], "There is no place for y.", "多余的参数：y。"),
        (["check", "x", "--json"], "The option --json is written wrongly", "选项 --json 的写法有误"),
    ],
)
def test_what_an_option_wants_is_said_in_the_language_asked_for(words: list[str], english: str, chinese: str) -> None:
    """The reasons were in English whatever the language."""
    assert english in run(*words, PEAKDESK_LANG="en").stderr
    assert chinese in run(*words, PEAKDESK_LANG="zh").stderr


def test_check_tells_what_it_read(tiny: Path, tmp_path: Path) -> None:
    """A good desk ends with 0, its rows counted on the page and in the JSON."""
    result = run("check", str(tiny), "--json", str(tmp_path / "x.json"))
    assert result.exit_code == Exit.DONE
    assert "2,688" in result.output
    record = json.loads((tmp_path / "x.json").read_text())
    assert (record["command"], record["exit_code"], record["rows"]["agents"]) == ("check", 0, 6)


def test_check_names_what_planning_lacks(tiny: Path, tmp_path: Path) -> None:
    """A desk that reads well but can't be planned is not called fit."""
    shutil.copytree(tiny, tmp_path / "desk")
    (tmp_path / "desk" / "history.csv").unlink()
    result = run("check", str(tmp_path / "desk"), "--lang", "en")
    assert result.exit_code == Exit.NEEDS_EYES
    assert "needs the table history too" in result.output + result.stderr


def test_json_to_standard_output_is_nothing_but_json(tiny: Path) -> None:
    """``--json -`` can be piped; the page goes to standard error."""
    result = run("check", str(tiny), "--json", "-")
    assert json.loads(result.stdout)["exit_code"] == 0
    assert "Tiny" in result.stderr


def test_json_that_cant_be_written_is_told(tiny: Path, tmp_path: Path) -> None:
    """The place is named and the exit code says that not all was done."""
    result = run("check", str(tiny), "--json", str(tmp_path / "no" / "x.json"), "--lang", "en")
    assert result.exit_code == Exit.BAD_INPUT
    assert "can't be written" in result.stderr


class Full(StringIO):
    """A standard output without room."""

    def write(self, text: str, /) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(("lang", "words"), [("en", "can't be printed"), ("zh", "结果无法输出")])
@pytest.mark.parametrize("asked", [["check", "DESK", "--json", "FILE"], ["--help"]])
def test_a_full_output_is_told(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str], lang: str, words: str
) -> None:
    """It was told of “the JSON file None”, or ended in a traceback; what needs no page is written all the same."""
    given = {"DESK": str(tiny), "FILE": str(tmp_path / "x.json")}
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", Full())
        patch.setattr(sys, "stderr", said := StringIO())
        assert (
            main(["--lang", lang, *(given.get(word, word) for word in asked)], standalone_mode=False) == Exit.BAD_INPUT
        )
    assert words in said.getvalue()
    assert "None" not in said.getvalue()
    assert (tmp_path / "x.json").exists() == ("FILE" in asked)


@pytest.mark.parametrize(("lang", "words"), [("en", "Tiny · 2026-03-02 to"), ("zh", "Tiny · 2026-03-02 至")])
def test_the_language_of_the_desk_is_the_last_word_but_one(tiny: Path, lang: str, words: str) -> None:
    """--lang beats PEAKDESK_LANG, which beats the desk's language."""
    other = "zh" if lang == "en" else "en"
    assert words in run("check", str(tiny), "--lang", lang, PEAKDESK_LANG=other).output
    assert words in run("check", str(tiny), PEAKDESK_LANG=lang).output
    assert "Tiny · 2026-03-02 to" in run("check", str(tiny)).output


@pytest.mark.parametrize("words", [("explain",), ("whatif", "--set", "visits*2"), ("import", "book.xlsx")])
def test_an_output_is_refused_in_its_desks_language(tmp_path: Path, words: tuple[str, ...]) -> None:
    """The page of a Chinese plan was Chinese, what was wrong with it English."""
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "desk.toml").write_text('language = "zh"', encoding="utf-8")
    assert "个错误" in run(words[0], str(tmp_path), *words[1:]).stderr


def test_a_workbook_is_refused_in_its_language(tmp_path: Path) -> None:
    """Its settings stand in a sheet; one that can't be read is refused in the system's language."""
    book = Workbook()
    book.active.title = "desk.toml"
    for line in ('name = "台"', 'language = "zh"'):
        book.active.append([line])
    book.save(tmp_path / "desk.xlsx")
    (tmp_path / "torn.xlsx").write_bytes((tmp_path / "desk.xlsx").read_bytes()[:900])
    done = run("check", str(tmp_path / "desk.xlsx"), "--json", str(tmp_path / "found.json"))
    assert "缺少" in done.stderr
    assert "缺少" in (tmp_path / "found.json").read_text(encoding="utf-8")
    assert "damaged" in run("check", str(tmp_path / "torn.xlsx")).stderr


def broken(error: BaseException) -> Any:
    def raising(path: object) -> None:
        raise error

    return raising


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "Something went wrong inside Peakdesk"), ("zh", "Peakdesk 内部出错")]
)
def test_a_bug_is_one_line_and_a_log(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang: str, words: str
) -> None:
    """An unexpected error ends with 4, one line, and a log that holds the traceback."""
    monkeypatch.setattr(check_module, "desk_at", broken(ValueError("boom")))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = run("check", str(tiny), "--lang", lang, "--json", str(tmp_path / "x.json"))
    assert result.exit_code == Exit.INTERNAL
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
    log = Path(json.loads((tmp_path / "x.json").read_text())["log"])
    assert "ValueError: boom" in log.read_text()
    assert isinstance(run("check", str(tiny), "--debug").exception, ValueError)


def test_no_answer_and_interruption_have_their_codes(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """3 where nothing feasible was found, 130 after Ctrl-C."""
    monkeypatch.setattr(check_module, "desk_at", broken(NoAnswerError([Finding("no_bound", facts={"seconds": 1})])))
    assert run("check", str(tiny)).exit_code == Exit.NO_ANSWER
    monkeypatch.setattr(check_module, "desk_at", broken(KeyboardInterrupt()))
    result = run("check", str(tiny), "--lang", "en")
    assert result.exit_code == Exit.INTERRUPTED
    assert "nothing was written" in result.stderr


def test_every_option_and_argument_is_documented() -> None:
    """No parameter without words in both catalogues."""
    front = click.Context(main)
    for name in main.list_commands(front):
        command = main.get_command(front, name)
        assert command is not None
        context = click.Context(command, info_name=command.name)
        assert command.get_help(context)


def test_help_costs_no_stage() -> None:
    """What only says what there is begins without the numeric libraries, the store and the stages."""
    asked = "import sys; from planner.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    heavy = {"scipy", "numba", "sqlalchemy", "plotly", "statsmodels", "forecast", "staffing", "scheduler", "streamlit"}
    assert not heavy & set(told.stdout.splitlines()[-1].split())
