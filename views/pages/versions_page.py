"""The saved forecasts of a desk: two side by side, one against what came, and who changed the desk."""

import pandas as pd
import streamlit as st

from desk.i18n import text
from desk.moment_words import SECOND, moment_words
from store import list_desks, read_trail
from views.api.serve import the_store
from views.forecast.actual import show_actuals
from views.forecast.compared import show_compared
from views.forecast.drawn import COLUMNS
from views.forecast.sight import Sight, saved_forecasts, sight_page
from views.table_shown import show_plain_table


def _draw(sight: Sight, lang: str) -> None:
    if sight.version is None or sight.saved is None:
        st.info(text("view.versions.few", lang))
        return
    versions = saved_forecasts(sight.principal, sight.version.name)
    show_compared(versions, lang)
    show_actuals(sight, versions, lang)
    with st.expander(text("view.versions.log", lang)):
        _log(sight, lang)


def _log(sight: Sight, lang: str) -> None:
    """Every saving of the desk, the last one first, as far as the reader may see the trail."""
    assert sight.version is not None
    mine = {version.hash for version in list_desks(the_store(), sight.principal, sight.version.name)}
    zone = sight.desk.settings.timezone
    told = [
        {"at": moment_words(own.at, zone, SECOND), "who": own.who, "why": own.why}
        for own in reversed(read_trail(the_store(), sight.principal))
        if own.kind == "desk" and own.subject in mine
    ]
    show_plain_table(pd.DataFrame(told, columns=["at", "who", "why"]), lang, key="versions-log", words=COLUMNS)


sight_page("versions", _draw)
