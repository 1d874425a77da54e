"""Choices that an address makes."""

import pytest
from streamlit.testing.v1 import AppTest

from desk.i18n import text


def _page() -> None:
    import streamlit as st

    from views.kept_choice import choose_addressed

    st.write(choose_addressed("run", "Scoring", ["2", "1"], lambda key: f"no. {key}", "zh"))


def test_a_link_opens_what_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """A link to an older scoring opened the newest; what the reader chooses then stands in the address, what is not
    there is told, and the browser's way back leads to what stood there.
    """
    page = AppTest.from_function(_page)
    page.query_params["run"] = "1"
    assert page.run().selectbox[0].value == "1"
    page.selectbox[0].select("2").run()
    assert page.query_params["run"] == "2"
    page.query_params["run"] = "1"
    monkeypatch.setattr("views.kept_choice.went_through_history", lambda: True)
    assert page.run().selectbox[0].value == "1"
    page.query_params["run"] = "7"
    page.run()
    assert (page.selectbox[0].value, page.warning[0].value) == ("2", text("view.app.no_such_choice", "zh"))
