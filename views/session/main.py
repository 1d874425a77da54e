"""What every session runs: who looks, in which language, at which desk and plan; and the pages that are theirs."""

from functools import partial
from pathlib import Path

import streamlit as st

from desk.i18n import text
from store import Principal
from views.addressed import begin_addressed, show_addressed
from views.clock import remember_zone
from views.desk_chosen import choose, desk_versions, plan_choices, zone_for
from views.doors import DOORS, GROUPS, Door, doors_of
from views.job_shown import announce
from views.kept_choice import show_in_address
from views.language import choose_language, translate_streamlit
from views.link import begin, remember_pages
from views.recalled import recall
from views.store_gone import told_when_gone
from views.style import show_style
from views.who import offer_sign_out, whoever

# An icon of our own: for the picture of a page the browser would ask somebody else's server.
ICON = Path(__file__).with_name("icon.png")
PLACE = Path(__file__).resolve().parents[1] / "pages"


def front_of(principal: Principal, doors: list[Door]) -> str:
    """The page that opens first: their own shifts for who works them, the plan's overview for who plans; how to begin
    where there is nothing yet.
    """
    names = [door.name for door in doors]
    empty = "start" in names and not desk_versions(principal) and not plan_choices(principal)
    wanted = ("start",) if empty else ("mine",) if principal.agent is not None else ("overview", "team", "mine")
    return next((name for name in wanted if name in names), names[0])


st.set_page_config(page_title="Peakdesk", page_icon=ICON, layout="wide")
lang = choose_language()
translate_streamlit(lang)
show_style()
with told_when_gone(lang):
    principal = whoever(lang)
    offer_sign_out(lang)
    doors = doors_of(principal)
    if any(door.whole for door in doors):
        choose(principal, lang)
    remember_zone(zone_for(principal))
    show_in_address()
    pages = {
        door.name: st.Page(
            PLACE / f"{door.name}_page.py",
            title=text(f"view.{door.name}.title", lang),
            icon=GROUPS[door.group],
            url_path=door.name,
        )
        for door in doors
    }
    remember_pages(pages)
    names = {door.name for door in DOORS}
    opened = partial(begin, front_of(principal, doors), names, lang)
    first = st.Page(opened, title="Peakdesk", default=True, visibility="hidden")
    chosen = st.navigation([first, *pages.values()], expanded=True)
    announce(lang)
    recall(chosen.url_path)
    begin_addressed(chosen.url_path)
    chosen.run()
    show_addressed()
