"""The report: one file, no network, both languages, names shown as text."""

import re
from dataclasses import replace
from html.parser import HTMLParser

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
    assert page.count("plotly.js v") == 1
    assert "default-src 'none'" in page
    assert len(re.findall(r'role="img" aria-label="[^"]{10,}"', page)) == page.count("plotly-graph-div") == 8


def test_names_are_text(planned: Planned) -> None:
    """A desk's name can't bring markup or script into the page."""
    settings = planned.desk.settings.model_copy(update={"name": "</script><script>alert(1)</script>"})
    page = report(replace(planned, desk=replace(planned.desk, settings=settings)), lang="en")
    assert "<script>alert(1)" not in page
