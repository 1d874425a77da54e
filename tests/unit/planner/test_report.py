"""The report: one file, no network, both languages, names shown as text."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest

from planner.output.report import report
from planner.planned import Planned


class Loads(HTMLParser):
    """Collects every address that a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {"script": "src", "link": "href", "img": "src", "iframe": "src"}
        self.found += [value or "" for name, value in attrs if name == names.get(tag)]


@pytest.mark.parametrize(("lang", "title"), [("en", "Certificate"), ("zh", "求解证书")])
def test_report_is_self_contained(planned: Planned, lang: str, title: str) -> None:
    """Nothing is loaded from anywhere, plotly stands in it once, and every picture has its numbers in words."""
    page = report(planned, lang=lang)
    loads = Loads()
    loads.feed(page)
    assert loads.found == []
    assert f"<h2>{title}</h2>" in page
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}"' in page
    assert page.count("plotly.js v") == 1
    assert "default-src 'none'" in page
    assert len(re.findall(r'role="img" aria-label="[^"]{10,}"', page)) == page.count("plotly-graph-div") == 8


def test_names_are_text(planned: Planned) -> None:
    """A desk's name can't bring markup or script into the page."""
    settings = planned.desk.settings.model_copy(update={"name": "</script><script>alert(1)</script>"})
    page = report(replace(planned, desk=replace(planned.desk, settings=settings)), lang="en")
    assert "<script>alert(1)" not in page


def test_what_promotions_do_is_drawn_where_it_was_learned(planned: Planned) -> None:
    """One picture for each queue and phase that comes, also of a plan read back, where blanks are missing values."""
    promotions = pd.DataFrame({"promotion": "618", "phase": "peak", "start": planned.desk.starts[:1]})
    promotions = promotions.assign(end=planned.desk.starts[-1:])
    desk = replace(planned.desk, tables={**planned.desk.tables, "promotions": promotions})
    row = {"queue": "presale", "cut": "hour", "log_lift": 0.7, "low": 0.5, "high": 0.9, "promotion": None}
    kernels = pd.DataFrame([row | {"phase": phase, "since": since} for phase in ("peak", "gone") for since in (0, 1)])
    tried = pd.DataFrame({"queue": ["presale", "presale"], "driver": ["visits", "rain"], "admitted": [True, False]})
    forecast = replace(planned.forecast, kernels=kernels, evidence=tried)
    page = report(replace(planned, desk=desk, forecast=forecast), lang="en")
    assert page.count('role="img"') == 9
    assert "beyond what visits tell" in page.replace(r"\u003cbr\u003e", "")
    assert 'id="promotions"' not in report(planned, lang="en")
