"""Which desk and which of its plans a session looks at: chosen in the sidebar, kept in the address."""

import os
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st

from desk import Desk
from desk.i18n import text
from planner.output.layout import manifest_of
from store import (
    DeskVersion,
    NotYoursError,
    PlanVersion,
    Principal,
    allowed,
    list_desks,
    list_plans,
    scope,
)
from views.api.serve import the_store
from views.clock import zone_of
from views.kept_choice import change, choose_kept, kept
from views.kept_desk import kept_desk
from views.markdown import plain
from views.opened import written_ns
from views.told import tell

FOLDER_VARIABLE = "PEAKDESK_OUT"
FOLDER_DEFAULT = "out"
DESK, PLAN = "desk", "plan"


@dataclass(frozen=True, eq=False)
class OpenDesk:
    """The newest version of a desk. Shared between sessions: nothing in it is to be changed.

    As long as there is no newer one it is the same object, so a cached function may take it.
    """

    version: DeskVersion
    desk: Desk


@dataclass(frozen=True, slots=True)
class Choice:
    """A plan that can be opened: one of the store, or an output folder.

    Parameters
    ----------
    key : hash, or name of the folder. desk : the desk's name.
    """

    key: str
    desk: str
    stored: PlanVersion | None = None
    folder: Path | None = None


def desk_versions(principal: Principal) -> dict[str, DeskVersion]:
    """The newest version of each desk of the store by its name, the last saved first."""
    if scope(principal, "desk.read") != "all":
        return {}
    found: dict[str, DeskVersion] = {}
    for version in list_desks(the_store(), principal):
        found.setdefault(version.name, version)
    return found


def open_desk(principal: Principal, version: DeskVersion) -> OpenDesk:
    """The desk of a version, read once.

    Raises
    ------
    NotYoursError : the principal may not read desks.
    """
    if scope(principal, "desk.read") != "all":
        raise NotYoursError
    return _opened(str(the_store().engine.url), version)


@lru_cache(maxsize=6)
def _opened(address: str, version: DeskVersion) -> OpenDesk:
    return OpenDesk(version, kept_desk(version.hash))


def plan_choices(principal: Principal) -> dict[str, Choice]:
    """Every plan that may be opened whole: those of the store, then output folders, each the newest first."""
    if scope(principal, "plan.read") != "all":
        return {}
    names = {version.hash: version.name for version in list_desks(the_store(), principal)}
    kept = [Choice(plan.hash, names[plan.desk], stored=plan) for plan in list_plans(the_store(), principal)]
    return {own.key: own for own in [*kept, *_folders()]}


def _folders() -> list[Choice]:
    """``PEAKDESK_OUT`` (or ``out``) itself, and the folders in it."""
    root = Path(os.environ.get(FOLDER_VARIABLE) or FOLDER_DEFAULT)
    inside = [path for path in root.iterdir() if path.is_dir()] if root.is_dir() else []
    found = []
    for path in sorted([root, *inside], key=written_ns, reverse=True):
        manifest = manifest_of(path)
        if manifest is not None:
            found.append(Choice(path.resolve().name, _name(manifest), folder=path))
    return found


def _name(manifest: Mapping[str, object]) -> str:
    desk = manifest.get("desk")
    return str(desk.get("name", "")) if isinstance(desk, Mapping) else ""


def choose(principal: Principal, lang: str) -> None:
    """Draw the choice of a desk, where there are several, and of one of its plans, in the sidebar."""
    plans = plan_choices(principal)
    names = _names(principal, plans)
    for key, action, known in ((DESK, "desk.read", names), (PLAN, "plan.read", plans)):
        if scope(principal, action) == "all":
            _tell_stranger(key, known, lang)
    if len(names) > 1:
        choose_kept(DESK, text("view.app.desk", lang), names, str, _desk_name(names, plans) or "")
    own = [key for key, choice in plans.items() if choice.desk == _desk_name(names, plans)]
    if own:
        shown = plans[choose_kept(PLAN, text("view.app.plan", lang), own, lambda key: _words(plans[key], lang))]
        if shown.stored is not None:
            st.sidebar.caption(plain(text("view.app.times", lang, zone=zone_of(shown.stored.desk))))


def _tell_stranger(key: str, known: Container[str], lang: str) -> None:
    """Say once that the desk or plan which the address names is not here: another one is shown. Who has no choice of
    all of them, as a lead, sees it all the same on the pages that are theirs.
    """
    named, told = st.query_params.get(key), f"{key}-not-here"
    if named and named not in known and st.session_state.get(told) != named:
        st.session_state[told] = named
        tell("warning", text(f"view.app.no_such_{key}", lang))


def _names(principal: Principal, plans: Mapping[str, Choice]) -> list[str]:
    return list(dict.fromkeys([*desk_versions(principal), *(own.desk for own in plans.values())]))


def _desk_name(names: list[str], plans: Mapping[str, Choice]) -> str | None:
    """The desk that was chosen; an address that names only a plan means that plan's desk."""
    named = plans.get(kept(PLAN))
    chosen = kept(DESK) or (named.desk if named is not None else "")
    return chosen if chosen in names else next(iter(names), None)


def chosen_desk(principal: Principal) -> DeskVersion | None:
    """The newest version of the desk that this session looks at; None where the store has none of that name."""
    plans = plan_choices(principal)
    return desk_versions(principal).get(_desk_name(_names(principal, plans), plans) or "")


def chosen_plan(principal: Principal) -> Choice | None:
    """The plan that this session looks at: the chosen one, or the newest of the chosen desk."""
    plans = plan_choices(principal)
    desk = _desk_name(_names(principal, plans), plans)
    own = {key: choice for key, choice in plans.items() if choice.desk == desk}
    return own.get(kept(PLAN)) or next(iter(own.values()), None)


def zone_for(principal: Principal) -> str | None:
    """The time zone of the desk that this session looks at, or of the newest plan with rows of the principal's."""
    versions = desk_versions(principal)
    version = versions.get(kept(DESK)) or next(iter(versions.values()), None)
    if version is not None:
        return zone_of(version.hash)
    plans = list_plans(the_store(), principal) if allowed(principal, "plan.list") else ()
    return zone_of(plans[0].desk) if plans else None


def newest_plan(principal: Principal) -> Choice | None:
    """The plan that a session looks at which chose nothing yet."""
    plans = plan_choices(principal)
    desk = next(iter(_names(principal, plans)), None)
    return next((choice for choice in plans.values() if choice.desk == desk), None)


def look_at(desk: str, plan: str | None = None) -> None:
    """From the next page on, look at this desk, and at this plan of it; only in what a button calls."""
    change(DESK, desk)
    if plan is not None:
        change(PLAN, plan)


def _words(choice: Choice, lang: str) -> str:
    if choice.stored is None:
        return choice.key
    plan = choice.stored
    status = text(f"view.plan.status.{plan.status}", lang)
    made = plan.created_at.astimezone(ZoneInfo(zone_of(plan.desk)))
    return f"{made:%m-%d %H:%M} · {status} · {plan.hash[:6]}"
