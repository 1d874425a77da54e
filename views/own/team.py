"""A team's roster: today by the hour, and the week as a grid."""

import pandas as pd
import streamlit as st

import charts
from charts.theme import day_words
from desk import Desk
from desk.i18n import text
from desk.natural import natural, natural_rank
from store import PlanVersion, Principal, read_duty, read_roster, scope
from views.addressed import by_address, day_written
from views.api.serve import the_store
from views.kept_choice import say_anew
from views.paging import choose_page
from views.picture import show_picture

ACTION = "duty.edit"
_PUBLISHED = "published"
_WEEK_DAYS, _SHORT_HASH = 7, 12


def choose_plan_of_team(
    plans: tuple[PlanVersion, ...], desks: dict[str, Desk], lang: str, named: str = ""
) -> PlanVersion:
    """Draw the choice of a plan; first that which agents see today, or that of a link, ``named`` by its hash."""
    words = {plan.hash: _words(plan, desks[plan.desk], lang) for plan in plans}
    first = first_plan(plans, desks, named)
    by_address("roster", "team-plan", list(words), lambda own: own[:_SHORT_HASH], first.hash)
    say_anew("team-plan", words, words.__getitem__)
    chosen = st.selectbox(
        text("view.team.plan", lang),
        list(words),
        index=plans.index(first),
        format_func=words.__getitem__,
        key="team-plan",
    )
    return next(plan for plan in plans if plan.hash == chosen)


def _words(plan: PlanVersion, desk: Desk, lang: str) -> str:
    status = text(f"view.plan.status.{plan.status}", lang)
    return f"{desk.settings.name} · {desk.dates[0]:%m-%d} – {desk.dates[-1]:%m-%d} · {status} · {plan.hash[:8]}"


def first_plan(plans: tuple[PlanVersion, ...], desks: dict[str, Desk], named: str) -> PlanVersion:
    """The plan that is named, else the published one of today, else the newest published one, else the newest."""
    of_link = [plan for plan in plans if plan.hash == named]
    public = [plan for plan in plans if plan.status == _PUBLISHED]
    of_today = [plan for plan in public if today_of(desks[plan.desk]) in desks[plan.desk].dates]
    return (of_link or of_today or public or list(plans))[0]


def today_of(desk: Desk) -> pd.Timestamp:
    """The desk's day of now, a naive midnight."""
    return pd.Timestamp.now(tz=desk.settings.timezone).tz_localize(None).normalize()


def people_of(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Rows of table ``agents``: code, name and team of the people whose roster the principal may read."""
    agents = desk.table("agents")[["agent", "name", "team"]]
    if scope(principal, ACTION) == "all":
        return agents.reset_index(drop=True)
    own: pd.DataFrame = agents[agents["team"].isin(principal.teams)].reset_index(drop=True)
    return own


def choose_own_team(people: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Draw the choice among several teams; the people of the chosen one."""
    teams = sorted(people["team"].dropna().unique(), key=natural)
    if len(teams) <= 1:
        return people
    by_address("team", "team-team", teams)
    chosen = st.selectbox(text("view.app.team", lang), teams, key="team-team")
    own: pd.DataFrame = people[people["team"] == chosen].reset_index(drop=True)
    return own


def show_team(principal: Principal, plan: PlanVersion, people: pd.DataFrame, desk: Desk, lang: str) -> None:
    """Draw who works today, hour by hour, and the week."""
    page = choose_page(people, lang, key="team-page")
    day = _choose_day(desk, lang)
    duty = read_duty(the_store(), principal, plan.hash).drop(columns="version")
    _day(duty[(duty["date"] == day) & duty["agent"].isin(page["agent"])], page, desk, day, lang)
    st.header(text("view.team.week", lang))
    roster = read_roster(the_store(), principal, plan.hash)
    own = roster[roster["agent"].isin(page["agent"]) & roster["date"].isin(_week(desk.dates, day))]
    figure = charts.roster_heat(own, page, lang=lang, shifts=desk.table("shifts"), leave=desk.table("leave"))
    show_picture(figure, _named(own, page), "roster", lang, key="team-roster")


def _week(dates: pd.DatetimeIndex, day: pd.Timestamp) -> pd.DatetimeIndex:
    """Seven days from the day on; the plan's last seven where it ends before."""
    place = max(0, min(list(dates).index(day), len(dates) - _WEEK_DAYS))
    return dates[place : place + _WEEK_DAYS]


def _choose_day(desk: Desk, lang: str) -> pd.Timestamp:
    """Draw the choice of a day, today's first."""
    today, days = today_of(desk), list(desk.dates)
    by_address("day", "team-day", days, day_written, today if today in days else days[0])
    return st.selectbox(
        text("view.app.day", lang),
        days,
        index=days.index(today) if today in days else 0,
        format_func=lambda one: _day_words(one, today, lang),
        key="team-day",
    )


def _day(own: pd.DataFrame, page: pd.DataFrame, desk: Desk, day: pd.Timestamp, lang: str) -> None:
    if own.empty:
        st.info(text("view.team.nobody_works", lang))
        return
    first = own.groupby("agent")["start"].min().rename("first")
    there = page.merge(first, on="agent").sort_values(["first", "agent"], ignore_index=True, key=natural_rank)
    figure = charts.day_gantt(own, there, lang=lang, date=day, queues=list(desk.settings.queues))
    show_picture(figure, _named(own, page), "duty", lang, key="team-duty")


def _day_words(day: pd.Timestamp, today: pd.Timestamp, lang: str) -> str:
    words = day_words(day, lang)
    return text("view.mine.today", lang, day=words) if day == today else words


def _named(own: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    return people[["agent", "name"]].merge(own, on="agent")
