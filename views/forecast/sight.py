"""The forecast that a page looks at: the newest saved one of the chosen desk, another, or the one inside a plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd
import streamlit as st

from desk import Desk, Forecast
from desk.i18n import text
from store import (
    DeskVersion,
    ForecastVersion,
    Principal,
    allowed,
    list_desks,
    list_forecasts,
    load_forecast,
    load_learned,
    owner,
)
from views.api.serve import the_store
from views.by_headcounts import show_nothing_forecast
from views.clock import at_desk
from views.desk_chosen import OpenDesk, chosen_desk, chosen_plan
from views.job_shown import begin_job, follow_begun
from views.language import language
from views.markdown import plain
from views.opened import OpenPlan, open_folder, open_stored
from views.page import show, show_desk
from views.who import whoever


@dataclass(frozen=True)
class Sight:
    """A forecast and the desk it belongs to, as it is now.

    Parameters
    ----------
    desk : the newest version of the desk. version : of the desk; None where the forecast is that of a mere folder.
    frame : table ``forecast``. learned : what was kept with it; empty inside a plan.
    saved : the saved forecast; None inside a plan.
    may_change : whether who looks may change the desk.
    """

    desk: Desk
    forecast: Forecast
    frame: pd.DataFrame
    principal: Principal
    learned: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    version: DeskVersion | None = None
    saved: ForecastVersion | None = None

    @property
    def may_change(self) -> bool:
        return self.version is not None and allowed(self.principal, "desk.write")

    @property
    def seen(self) -> str | None:
        """The version of the desk that a change is made from."""
        return None if self.version is None else self.version.hash

    @property
    def key(self) -> str:
        """Changes with what is looked at."""
        return self.saved.hash[:12] if self.saved is not None else "plan"


@dataclass(frozen=True)
class Opened:
    """A saved forecast, read once. Shared between sessions: nothing in it is to be changed."""

    forecast: Forecast
    frame: pd.DataFrame
    learned: Mapping[str, pd.DataFrame]


def sight_page(name: str, draw: Callable[[Sight, str], None]) -> None:
    """Draw page ``name`` with ``draw(sight, lang)``; where there is no forecast, how to get one."""
    principal = whoever(language())
    if chosen_desk(principal) is None and chosen_plan(principal) is not None:
        show(name, lambda plan, lang: _of_folder(plan, principal, draw, lang))
    else:
        show_desk(name, lambda own, lang: _of_desk(own, principal, draw, lang))


def saved_forecasts(principal: Principal, name: str) -> tuple[ForecastVersion, ...]:
    """The forecasts of every version of the desk ``name``, the newest first."""
    versions = {version.hash for version in list_desks(the_store(), principal, name)}
    return tuple(own for own in list_forecasts(the_store(), principal) if own.desk in versions)


def opened(version: ForecastVersion) -> Opened:
    """A forecast that the principal was listed."""
    return _opened(str(the_store().engine.url), version.hash)


@lru_cache(maxsize=4)
def _opened(address: str, key: str) -> Opened:
    made = load_forecast(the_store(), owner(), key)
    return Opened(made, made.frame(), load_learned(the_store(), owner(), key))


def _of_folder(plan: OpenPlan, principal: Principal, draw: Callable[[Sight, str], None], lang: str) -> None:
    if not show_nothing_forecast(plan.planned.desk, lang):
        draw(_of_plan(plan, None, principal), lang)


def _of_plan(plan: OpenPlan, own: OpenDesk | None, principal: Principal) -> Sight:
    desk = plan.planned.desk if own is None else own.desk
    return Sight(desk, plan.planned.forecast, plan.forecast, principal, version=None if own is None else own.version)


def _of_desk(own: OpenDesk, principal: Principal, draw: Callable[[Sight, str], None], lang: str) -> None:
    if show_nothing_forecast(own.desk, lang):
        return
    versions = saved_forecasts(principal, own.version.name)
    if not versions:
        _first(own, principal, draw, lang)
        return
    chosen = _chosen(versions, own.version, lang)
    found = opened(chosen)
    sight = Sight(own.desk, found.forecast, found.frame, principal, found.learned, own.version, chosen)
    _stale(sight, lang)
    forecast_button("again", own.version, principal, lang, primary=chosen.desk != own.version.hash)
    draw(sight, lang)


def _first(own: OpenDesk, principal: Principal, draw: Callable[[Sight, str], None], lang: str) -> None:
    """A desk that nobody forecast yet: its plan's forecast where there is one, and a way to get one of its own."""
    st.info(plain(text("view.forecast.none_yet", lang, name=own.version.name)))
    forecast_button("now", own.version, principal, lang, primary=True)
    choice = chosen_plan(principal)
    if choice is not None:
        st.caption(text("view.forecast.of_plan", lang))
        plan = open_stored(principal, choice.key) if choice.folder is None else open_folder(choice.folder)
        draw(_of_plan(plan, own, principal), lang)


def forecast_button(name: str, version: DeskVersion, principal: Principal, lang: str, *, primary: bool) -> None:
    """Draw the button that begins a forecast of a desk's version, and how far the last one begun is."""
    if not allowed(principal, "forecast.write"):
        role = text(f"view.forecast.role.{principal.role}", lang)
        st.caption(plain(text("view.forecast.read_only", lang, role=role)))
        return
    words = text(f"view.forecast.{name}", lang)
    if st.button(words, key=f"forecast-{name}", type="primary" if primary else "secondary"):
        begin_job("forecast", {"desk": version.hash}, lang)
    follow_begun("forecast", lang)


def _chosen(versions: tuple[ForecastVersion, ...], desk: DeskVersion, lang: str) -> ForecastVersion:
    """Draw the choice of a forecast; at first the newest of the newest desk."""
    first = next((place for place, own in enumerate(versions) if own.desk == desk.hash), 0)
    key = f"forecast-version-{versions[first].hash[:12]}-{desk.hash[:12]}"
    return st.selectbox(
        text("view.forecast.version", lang), versions, first, key=key, format_func=lambda own: made_words(own, lang)
    )


def made_words(version: ForecastVersion, lang: str) -> str:
    """When a forecast was made, and by whom; never the words of another one, for a choice goes by its words."""
    made = text("view.forecast.made", lang, time=at_desk(version.created_at, version.desk), who=version.created_by)
    return f"{made} · {version.hash[:6]}"


def _stale(sight: Sight, lang: str) -> None:
    """Say what of the desk has changed since the forecast, if anything."""
    if sight.saved is None or sight.version is None or sight.saved.desk == sight.version.hash:
        return
    changes = text("view.app.list_join", lang).join(_changes(sight, lang)) or text("view.forecast.change_other", lang)
    st.warning(plain(text("view.forecast.stale", lang, changes=changes)))


def _changes(sight: Sight, lang: str) -> list[str]:
    odd, then = sight.learned.get("odd"), sight.learned.get("overrides")
    found = []
    if then is not None and _keys(then) != _keys(sight.desk.table("overrides")):
        numbers = {"before": len(then), "after": len(sight.desk.table("overrides"))}
        found.append(text("view.forecast.change_overrides", lang, **numbers))
    if odd is not None:
        numbers = {"before": int(odd["verdict"].notna().sum())}
        numbers["after"] = int(sight.desk.table("verdicts")["verdict"].notna().sum())
        if numbers["before"] != numbers["after"]:
            found.append(text("view.forecast.change_verdicts", lang, **numbers))
    return found


def _keys(overrides: pd.DataFrame) -> set[tuple[object, ...]]:
    return set(overrides[["queue", "start", "end", "kind", "value", "made_at"]].itertuples(index=False, name=None))
