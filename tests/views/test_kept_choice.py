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


def _two_pages() -> None:
    import streamlit as st

    from views.recalled import again, recall

    page = st.query_params["page"]
    recall(page)
    if page == "staffing":
        st.selectbox("Queue", st.query_params.get_all("queue"), key="staffing-queue")
        again("whatif", "moved", 1.0, lambda place: st.slider("Visits", 0.5, 2.0, place, key="moved"))


def test_a_page_is_found_as_it_was_left() -> None:
    """A look at another page put queue, day and all sliders of a what-if back; a queue that is not there any more is
    no longer chosen.
    """
    page = AppTest.from_function(_two_pages)
    page.query_params.update({"page": "staffing", "queue": ["pre", "after"]})
    page.run().selectbox[0].select("after").run()
    page.slider[0].set_value(1.3).run()
    page.query_params["page"] = "roster"
    assert not page.run().selectbox
    page.query_params["page"] = "staffing"
    page.run()
    assert (page.selectbox[0].value, page.slider[0].value) == ("after", 1.3)
    page.query_params.update({"page": "roster", "queue": ["other"]})
    page.run()
    page.query_params["page"] = "staffing"
    page.run()
    assert page.selectbox[0].value == "other"


def _addressed() -> None:
    import streamlit as st

    from views.addressed import begin_addressed, by_address, show_addressed

    begin_addressed("staffing")
    by_address("day", "the-day", [17, 18, 19], lambda day: f"2026-06-{day}")
    st.selectbox("Day", [17, 18, 19], key="the-day")
    by_address("team", "the-team", ["", "a"])
    st.selectbox("Team", ["", "a"], key="the-team")
    show_addressed()


def test_who_gets_an_address_sees_what_its_sender_saw(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lead sent “this day” to a colleague, who saw the first one. What nobody chose stays out of the address, what
    is no choice is passed over, and the browser's way back leads to what stood there.
    """
    page = AppTest.from_function(_addressed).run()
    assert not page.query_params
    page.selectbox[0].select(18).run()
    assert page.query_params["day"] == "2026-06-18"
    other = AppTest.from_function(_addressed)
    other.query_params.update({"day": "2026-06-18", "team": "<script>"})
    assert [own.value for own in other.run().selectbox] == [18, ""]
    assert other.query_params["team"] == ""
    other.query_params["day"] = "2026-06-19"
    assert other.run().selectbox[0].value == 19
    monkeypatch.setattr("views.addressed.went_through_history", lambda: True)
    other.query_params.clear()
    assert other.run().selectbox[0].value == 17
    assert not other.query_params
    assert not other.exception


def _in_words() -> None:
    import streamlit as st

    from store import Check
    from views.kept_choice import say_all_anew

    lang = st.query_params["lang"]
    say_all_anew(lang)
    st.selectbox("Day", [17, 18], format_func=lambda day: f"{lang} {day}", key="day")
    st.selectbox("Check", [Check("leave", agent="A1")], format_func=lambda one: f"{lang} {one.agent}", key="check")
    st.button("Go", key="go")
    st.checkbox("Sure", key="sure")


def test_what_is_chosen_follows_the_language() -> None:
    """Whoever switched the language read “Thu 18 Jun” on the Chinese page: the browser keeps the words that it has."""
    page = AppTest.from_function(_in_words)
    page.query_params["lang"] = "en"
    page.run().selectbox[0].select(18).run()
    assert not page.selectbox[0].proto.set_value
    page.query_params["lang"] = "zh"
    page.run()
    assert (page.selectbox[0].proto.raw_value, page.selectbox[0].value) == ("zh 18", 18)
    assert page.selectbox[1].proto.raw_value == "zh A1"
    assert not page.exception
