"""The real app in a real browser: every page, both languages, wide and narrow."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import BrowserContext, expect

from desk.i18n import text
from store import owner
from tests.browser.conftest import Visitor
from tests.browser.sides import DESKTOP_PX, LANGUAGES, PHONE_PX, sides
from tests.browser.visit import WAIT_MS
from tests.views.tiny_plan import write_desk
from views.doors import doors_of

NAMES = [door.name for door in doors_of(owner())]
CHARTS = {"overview": 3, "forecast": 4, "staffing": 4, "roster": 1, "incentives": 1}
"""How many pictures a page begins with at least; on others their number hangs on what is in the store."""
_ON_PAPER = """() => {
    document.querySelector('[data-testid=stPlotlyChart]').style.width = '300px';
    return document.querySelector('.js-plotly-plot .main-svg').getBoundingClientRect().width; }"""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("lang", "width_px"), sorted({*sides("en", DESKTOP_PX), *sides("zh", PHONE_PX)}))
@pytest.mark.parametrize("name", NAMES)
def test_a_page_stands(app: str, visit: Visitor, shots: Path, name: str, lang: str, width_px: int) -> None:
    """Its title is in the language, no chart is empty, nothing is cut off or out of reach, nobody else is asked; be the
    plan written by hand, or made by the whole pipeline with names that are markup, formulas, or far too long.
    """
    own = visit(app, width_px)
    own.open(name, lang, CHARTS.get(name, 0), plan="tiny" if lang == "en" else "real")
    own.keep(shots / f"{name}-{lang}-{width_px}.png")
    own.titled(text(f"view.{name}.title", lang))
    assert all(own.marks())
    assert own.wider_px() <= 0
    assert own.page.evaluate("window.broken") is None
    if name == "overview":
        first, second = (own.page.get_by_test_id("stMetric").nth(place).bounding_box() for place in (0, 1))
        assert first["y"] == second["y"], "numbers stand side by side, on a phone too"  # type: ignore[index]
    if lang == "en":
        assert own.unfit() == []


@pytest.mark.parametrize("width_px", [DESKTOP_PX, PHONE_PX])
def test_a_report_with_hostile_names_stands(
    hostile_output: Path, context: BrowserContext, shots: Path, width_px: int
) -> None:
    """From a folder, without a server: nothing in it runs but its own pictures, and nothing is asked of anybody."""
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width_px, "height": 900})
    page.goto((hostile_output / "report.html").as_uri())
    charts = page.locator(".js-plotly-plot")
    expect(charts.last.locator("svg").first).to_be_attached(timeout=WAIT_MS)
    page.screenshot(path=str(shots / f"report-{width_px}.png"), full_page=True)
    assert page.evaluate("window.broken") is None
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert len(asked) == 1 + sum(url.startswith(("data:", "blob:")) for url in asked)
    page.close()


def test_the_language_stays_while_walking(app: str, visit: Visitor) -> None:
    """Switched once in the sidebar, every page follows, also by its address."""
    own = visit(app)
    own.open("", "en")
    own.choose(text("view.app.language", "en"), text("view.app.own_name", "zh"))
    own.titled(_title("overview"))
    expect(own.page.get_by_role("combobox", name=text("view.app.language", "zh"))).to_be_visible(timeout=WAIT_MS)
    for name in ("forecast", "roster", "help"):
        own.page.get_by_role("link", name=_title(name), exact=True).click()
        own.titled(_title(name))
        own.settle()
        expect(own.page).to_have_url(re.compile("lang=zh"), timeout=WAIT_MS)


def test_the_roster_opens_by_the_hour(app: str, visit: Visitor, shots: Path) -> None:
    """The day's bars and the coverage under them are drawn."""
    own = visit(app)
    own.open("roster", "zh")
    own.choose(text("view.roster.form", "zh"), text("view.roster.day", "zh"))
    own.page.wait_for_selector(f"text={text('view.roster.coverage', 'zh')}")
    own.settle(1)
    own.keep(shots / "roster-day-zh.png")
    assert len(own.marks()) == 1
    assert all(own.marks())
    own.page.emulate_media(media="print")
    assert not own.page.get_by_test_id("stSidebar").is_visible(), "paper has no menu"
    assert own.page.evaluate(_ON_PAPER) <= 300, "pictures shrink to the paper; they keep the width of the screen"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_plan_the_app_says_how_to_begin(empty_app: str, visit: Visitor, shots: Path, lang: str) -> None:
    """A new user meets the first step, not an empty page; a page of plans has the way there."""
    own = visit(empty_app)
    own.open("", lang)
    own.keep(shots / f"empty-{lang}.png")
    expect(own.page.get_by_role("button", name=text("view.start.take", lang, name="618"))).to_be_visible(
        timeout=WAIT_MS
    )
    own.open("overview", lang)
    own.says("peakdesk demo", text("view.start.title", lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_uploaded_desk_is_told_what_is_wrong(
    app: str, visit: Visitor, shots: Path, tmp_path: Path, lang: str
) -> None:
    """A desk that is wrong gets its findings in the reader's language; mended, it is understood."""
    folder = write_desk(tmp_path / "desk")
    own = visit(app)
    own.open("data", lang)
    own.page.set_input_files("input[type=file]", zipped(folder, tmp_path / "good.zip"))
    own.page.wait_for_selector("text=Tiny 618")
    (folder / "skills.csv").write_text("agent,queue,proficiency,home\nX9,pre_sale,1,1\n", encoding="utf-8")
    own.open("data", lang)
    own.page.set_input_files("input[type=file]", zipped(folder, tmp_path / "bad.zip"))
    own.page.wait_for_selector("[data-testid=stAlert]")
    own.settle()
    own.keep(shots / f"upload-{lang}.png")
    own.says("skills.csv", "X9", text("finding.place_row", lang, row=2))


def _title(name: str) -> str:
    return text(f"view.{name}.title", "zh")


def zipped(folder: Path, archive: Path) -> Path:
    with ZipFile(archive, "w") as target:
        for file in folder.iterdir():
            target.write(file, file.name)
    return archive
