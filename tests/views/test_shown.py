"""Names and numbers on the way to a person."""

import os
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import charts
from desk import Finding, InputError
from desk.i18n import LANGUAGES, text
from desk.settings import IncentiveSettings
from incentive import payout
from store import import_contacts, open_store, owner, save_desk, save_scores
from store.address import VARIABLE
from tests.unit.incentive.small import small_desk
from tests.unit.store import world
from tests.unit.store.conftest import made_small
from tests.views.tiny_plan import HOSTILE
from views.desk_chosen import plan_choices
from views.findings import refusal
from views.incentive.log_taken import logs_for
from views.incentive.made_up import with_rows
from views.incentive.paid import payouts, statement_link
from views.incentive.scheme_form import last_settled
from views.incentive.scheme_words import scheme_lines, scheme_table
from views.incentive.shown import Shown
from views.markdown import plain
from views.opened import open_folder
from views.table_shown import csv_bytes, number_form, plain_titles, rounded, wall_clock


def test_markup_in_names_stays_text() -> None:
    """No image, link, colour, formula or address survives as markup."""
    shown = plain(f"{HOSTILE} :red[x] $x$ www.evil.example a@evil.example https://evil.example")
    assert re.search(r"(?<!\\)[!<>:$@./\[\]()]", shown) is None
    assert not re.search(r"[a-z]@|s:/|www\.", shown.replace("\\", ""))


def test_lines_of_a_name_stay_one_line() -> None:
    """A name can't begin a heading or a list."""
    assert plain("a\n# b") == "a \\# b"


def test_many_refusals_alike_are_told_by_the_first_ones() -> None:
    """An edit that meets another one in each of 17 hours is no paragraph of 17 sentences; what differs stays."""
    alike = [
        Finding("duty_conflict", facts=dict.fromkeys(("agent", "start", "who", "theirs", "you", "yours"), hour))
        for hour in range(17)
    ]
    told = refusal(InputError([*alike, Finding("not_yours")]), "en")
    assert told[:3] == [own.line("en") for own in alike[:3]]
    assert told[3:] == ["(14 more of this kind)", Finding("not_yours").line("en")]


def test_a_label_is_read_out_as_it_is_written() -> None:
    """A screen reader reads a backslash: where a sign between two letters can't be markup there is none."""
    assert plain("after_sale pre-sale 售后_组") == "after_sale pre-sale 售后_组"
    assert plain("__x__ _y_ a__b -- c") == r"\_\_x\_\_ \_y\_ a\_\_b \-\- c"


def test_a_download_is_no_formula_and_opens_in_excel() -> None:
    """A cell that begins like a formula is guarded; Chinese opens in the right encoding."""
    content = csv_bytes(pd.DataFrame({"name": ["=1+1", "王芳"], "value": [-1.0, 2.0]}))
    assert content.decode("utf-8-sig").splitlines() == ["name,value", "'=1+1,-1.0", "王芳,2.0"]
    assert content.startswith(b"\xef\xbb\xbf")


def test_times_are_shown_on_the_desks_clock() -> None:
    """A reader elsewhere must not see other hours than the desk's."""
    starts = pd.Series(pd.to_datetime(["2026-06-18T00:00+08:00"]).tz_convert("Asia/Shanghai"))
    assert wall_clock(pd.DataFrame({"start": starts}))["start"][0] == pd.Timestamp("2026-06-18")


def test_only_large_numbers_are_rounded() -> None:
    """Shares keep their digits."""
    frame = rounded(pd.DataFrame({"offered": [123.456], "share": [0.123456]}))
    assert frame.loc[0].tolist() == [123.5, 0.123456]


def test_the_newest_plan_comes_first(tiny: Path, out: Path) -> None:
    """Whoever opens the app sees the plan that was made last."""
    newer = out / "newer"
    (out / "not a plan").mkdir()
    newer.mkdir()
    (newer / "plan.json").write_bytes((tiny / "plan.json").read_bytes())
    os.utime(tiny / "plan.json", (1, 1))
    assert list(plan_choices(owner())) == ["newer", "tiny"]


@pytest.mark.usefixtures("out")
def test_a_plan_is_read_once_until_it_is_written_again(tiny: Path) -> None:
    """Pages change quickly, and a new plan in the same folder is seen."""
    first = open_folder(tiny)
    assert open_folder(tiny) is first
    os.utime(tiny / "plan.json", (1, 1))
    assert open_folder(tiny) is not first


def test_the_folder_itself_may_be_the_plan(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PEAKDESK_OUT may name one plan as well as a folder of plans."""
    monkeypatch.setenv("PEAKDESK_OUT", str(tiny))
    assert [own.folder for own in plan_choices(owner()).values()] == [tiny]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_of_pay_adds_up_where_a_cap_bites(lang: str) -> None:
    """Parts, guarantee and what the cap took are the total, for who is capped and for who is not, as on the
    statement; the picture has them apart."""
    scheme = {"budget": 200.0, "weights": {"speed": 1.0}, "guarantee": 10.0, "guarantee_contacts": 30.0}
    rows = [(who, name, count, claim) for who, count, claim in (("Ann", 29, 9.0), ("Bo", 40, 1.0))
            for name in ("composite", "speed")]  # fmt: skip
    scores = pd.DataFrame(rows, columns=["agent", "measure", "contacts", "claim"]).assign(adjusted=0.5, score=0.5)
    desk = small_desk(incentive=scheme | {"cap_agent": 100.0})
    paid = payout(desk, scores).set_index("agent")
    of = {"composite": paid["total_cents"], "speed": paid["speed_cents"]}
    scores["payout"] = [of[row.measure][row.agent] / 100 for row in scores.itertuples()]
    own = Shown("settled", scores, IncentiveSettings.model_validate(scheme | {"cap_agent": 100.0}), "CNY")
    shown = payouts(own, None, ["Ann", "Bo"], lang)
    titles = [text(f"view.pay.{name}", lang) for name in ("guarantee", "cap", "total")]
    assert list(shown.columns[1:]) == titles
    assert shown.iloc[:, :3].sum(axis=1).round(2).tolist() == shown[titles[2]].tolist() == [100.0, 28.03]
    assert shown[titles[0]].tolist() == [9.66, 10.0]
    figure = charts.payout_waterfall(with_rows(scores, own.scheme, "CNY"), lang=lang, currency="CNY")
    assert [round(bar.y[0], 2) for bar in figure.data] == [180.34, 19.66, -71.97, 128.03]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_scheme_leaves_out_nothing_of_what_counts(lang: str) -> None:
    """Hours and windows with their measures, one order a day, the most that a result counts for; shares as written."""
    window = {"start": pd.Timestamp("2026-06-18 00:00"), "end": pd.Timestamp("2026-06-18 02:00")}
    told = {"weights": {"speed": 0.125, "conversion": 0.87}, "hours": {"speed": "08:00-23:00"}, "claim_max": 4.0}
    told |= {"exempt": [window | {"measures": ["rating"], "reason": "outage"}, window], "budget": 80.0}
    scheme = IncentiveSettings.model_validate(told)
    lines = "\n".join(scheme_lines(scheme, "CNY", lang))
    for words in ("08:00-23:00", "outage", text("view.scheme.line.one_a_day", lang), "0.5%", "4",
                  text("measure.rating.title", lang), text("view.scheme.line.exempt_shares", lang)):  # fmt: skip
        assert words in lines
    assert list(scheme_table(scheme, "CNY", lang)["share"]) == ["12.5%", "87%"]
    free = IncentiveSettings.model_validate(told | {"attribution": {"one_a_day": False}})
    assert text("view.scheme.line.one_a_day", lang) not in scheme_lines(free, "CNY", lang)


def test_a_link_leads_to_the_statement_of_any_code() -> None:
    """A code with a sign that addresses use led to the first person's statement."""
    told = parse_qs(urlsplit(statement_link(7, "R&D #1+", "zh")).query)
    assert told == {"lang": ["zh"], "run": ["7"], "agent": ["R&D #1+"]}


def test_a_desk_is_settled_by_its_own_log_and_changed_by_its_own_settlement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two desks in a store the other's newer log comes later, named; its newer settlement is none of ours."""
    address = f"sqlite:///{tmp_path / 'peakdesk.db'}"
    monkeypatch.setenv(VARIABLE, address)
    store, mine = open_store(address), world.new_desk(made_small())
    theirs = replace(mine, settings=mine.settings.model_copy(update={"name": "theirs"}))
    for desk in (mine, theirs):
        name, version = desk.settings.name, save_desk(store, owner(), desk).hash
        import_contacts(store, owner(), f"log of {name}", world.contacts(), version)
        save_scores(store, owner(), f"pay of {name}", world.scores(), version, summary={"desk_name": name})
    found = [(log.name, beside) for log, beside in logs_for(owner(), mine.settings.name).values()]
    assert found == [("log of small", ""), ("log of theirs", "theirs")]
    assert last_settled(owner(), mine.settings.name).name == "pay of small"


def test_thousands_stand_apart_in_tables_of_the_pages_own() -> None:
    """Protects the reader of 12345678 SAR; counts, numbers of records and small numbers stand as they are."""
    frame = pd.DataFrame(
        {"more_net": [1.0, 12345678.0], "share": [0.12345, 1.0], "run": [4711, 4712], "who": ["a", "b"]}
    ).assign(session=pd.Timestamp("2026-06-11 16:00"))
    formats = {
        name: own["type_config"]["format"] if own.get("type_config") else None
        for name, own in plain_titles(frame, "en", "view.column").items()
    }
    assert formats == {"more_net": "%,.0f", "share": None, "run": None, "who": None, "session": "YYYY-MM-DD HH:mm"}


def test_numbers_of_tables_read_as_those_of_sentences() -> None:
    """In a German browser tables had 1.234,5 and 86,29 % beside 1,234.5 and 86.3%."""
    assert [number_form(pd.Series(own)) for own in ([1, 2], [1.0, 2.0], [1.25, 2.0], [])] == [
        "%,.0f",
        "%,.0f",
        "%,.2f",
        "%,.0f",
    ]
    shown = AppTest.from_function(_shares).run().dataframe[0]
    assert shown.value["share_within"].tolist() == [86.29, 80.0]
    assert '"%,.2f%%"' in shown.proto.columns


def _shares() -> None:
    import pandas as pd

    from views.table_shown import show_table

    show_table(pd.DataFrame({"share_within": [0.8629, 0.8]}), "service", "en", key="shares")
