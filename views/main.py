"""What every session runs: who looks, in which language, at which plan; and the pages that are theirs."""

from pathlib import Path

import streamlit as st

from desk.i18n import text
from store import Principal, allowed, scope
from views.language import choose_language
from views.page import choose_plan
from views.who import offer_sign_out, whoever

PAGES = ("overview", "forecast", "staffing", "roster", "whatif", "incentives", "data")
_ANSWERS = {"data": "desk.write", "incentives": "score.read"}
_OWN = "mine"
PLACE = Path(__file__).resolve().parent / "pages"


def pages_of(principal: Principal) -> list[str]:
    """The pages of a principal: those of a whole plan for who may read all of it, their own for everybody else."""
    whole = scope(principal, "plan.read") == "all"
    shown = [name for name in PAGES if whole and scope(principal, _ANSWERS.get(name, "plan.read")) == "all"]
    own = allowed(principal, "roster.read") and (principal.agent is not None or not whole)
    return [*shown, *([_OWN] if own else [])]


st.set_page_config(page_title="Peakdesk", layout="wide")
lang = choose_language()
principal = whoever(lang)
offer_sign_out(lang)
names = pages_of(principal)
if names[0] != _OWN:
    choose_plan()
st.navigation(
    [
        st.Page(
            PLACE / f"{name}_page.py",
            title=text("view.who.mine" if name == _OWN else f"view.{name}.title", lang),
            url_path=name,
            default=name == names[0],
        )
        for name in names
    ]
).run()
