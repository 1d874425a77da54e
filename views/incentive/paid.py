"""Who is paid what: in all, part by part, agent by agent, beside what the plan let expect."""

from collections.abc import Sequence
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

import charts
from desk.currency import money_words
from desk.i18n import text
from incentive import measure_title
from planner.output.finding_record import unpacked
from planner.output.score_book import score_book
from planner.pay.run import PROJECTED
from views.figure import Figure, show_figures
from views.findings import show_findings
from views.incentive.amount import NAME_PX, money_format
from views.incentive.chosen import choose_people
from views.incentive.made_up import CAP, GUARANTEE, TOTAL, made_up, with_rows
from views.incentive.runs import AGENT, RUN
from views.incentive.shown import SIMULATED, Shown
from views.picture import show_picture
from views.table_shown import csv_bytes, harmless


def show_paid(own: Shown, beside: Shown | None, lang: str) -> None:
    """Draw the money of a scoring; ``beside`` is the projection of the same plan, where there is one."""
    _figures(own, beside, lang)
    paid = own.scores[own.scores["payout"].notna()]
    if not float(paid["payout"].sum()):
        st.info(text("view.incentives.no_budget", lang))
        return
    _people(own, beside, lang)
    if own.measured:
        whole = with_rows(paid, own.scheme, own.currency)
        figure = charts.payout_waterfall(whole, lang=lang, currency=own.currency)
        parts = paid.groupby("measure", sort=False)["payout"].sum().reset_index()
        show_picture(figure, parts, "scores", lang, key="payout")
    if own.run is not None:
        _careful(own, lang)


def payouts(own: Shown, beside: Shown | None, agents: Sequence[str], lang: str) -> pd.DataFrame:
    """One row per agent: each part, the guarantee and what a cap took where there is one, the total, which they add up
    to, and the projection beside it.
    """
    rows = own.scores[own.scores["agent"].isin(agents) & own.scores["payout"].notna()]
    table = rows.pivot(index="agent", columns="measure", values="payout").reindex(list(agents))
    parts = [name for name in own.scheme.weights if name in table and own.scheme.weights[name] > 0]
    shown = pd.DataFrame({measure_title(name, lang): table[name] for name in parts}, index=table.index)
    whole = table[TOTAL] if TOTAL in table else table.sum(axis=1)
    if own.measured:
        beside_parts = made_up(rows, own.scheme, own.currency).reindex(table.index)
        for name, there in ((GUARANTEE, own.scheme.guarantee > 0), (CAP, bool((beside_parts[CAP] < 0).any()))):
            if there:
                shown[text(f"view.pay.{name}", lang)] = beside_parts[name]
    shown[text("view.pay.total", lang)] = whole
    for title, values in _expected(own if not own.measured else beside, agents, lang).items():
        shown[title] = values
    return shown


def _expected(projection: Shown | None, agents: Sequence[str], lang: str) -> dict[str, "pd.Series[float]"]:
    """What the projection says of the agents: the mean, and the range."""
    if projection is None:
        return {}
    rows = projection.scores[projection.scores["measure"] == TOTAL].set_index("agent").reindex(list(agents))
    names = {"mean": "payout", "low": "pay_low", "high": "pay_high"}
    return {text(f"view.pay.projected_{key}", lang): rows[column].astype("float64") for key, column in names.items()}


def _figures(own: Shown, beside: Shown | None, lang: str) -> None:
    whole = own.scores[own.scores["measure"] == TOTAL]
    paid = float((whole if len(whole) else own.scores)["payout"].sum())
    budget = own.scheme.budget
    share = text("view.pay.of_budget", lang, share=paid / budget) if budget else ""
    figures = [
        Figure(
            "pay.expected" if own.kind in (SIMULATED, PROJECTED) else "pay.paid", money_words(paid, own.currency), share
        ),
        Figure("pay.budget", money_words(budget, own.currency)),
        Figure("pay.people", f"{own.scores['agent'].nunique():,}"),
    ]
    source = own if not own.measured else beside
    needed = {} if source is None or source.run is None else source.run.summary.get("needed", {})
    if needed:
        level = text("view.pay.needed_level", lang, level=0.8)
        figures.append(Figure("pay.needed", money_words(float(needed.get("0.80", 0.0)), own.currency), level))
    show_figures(figures, lang)


def _people(own: Shown, beside: Shown | None, lang: str) -> None:
    st.subheader(text("view.pay.by_agent", lang))
    _, page = choose_people(own, lang, key="paid")
    agents = [str(agent) for agent in page["agent"]]
    table = payouts(own, beside, agents, lang)
    amounts = st.column_config.NumberColumn(format=money_format(own.currency))
    config: dict[str, object] = {str(name): amounts for name in table}
    people = own.named(page).set_index("agent")
    heads = {name: text(f"view.pay.column.{name}", lang) for name in ("name", "agent", "team", "statement")}
    config[heads["name"]] = st.column_config.Column(width=NAME_PX)
    front = {heads["name"]: people["name"], heads["agent"]: people.index, heads["team"]: people["team"]}
    shown = pd.DataFrame(front, index=people.index).join(table)
    if own.run is not None and own.measured:
        shown[heads["statement"]] = [statement_link(own.run.id, agent, lang) for agent in agents]
        label = text("view.pay.open_statement", lang)
        config[heads["statement"]] = st.column_config.LinkColumn(display_text=label)
    st.dataframe(harmless(shown), hide_index=True, column_config=config, key="paid-table")  # type: ignore[arg-type]
    _downloads(own, beside, lang)


def statement_link(run: int, agent: str, lang: str) -> str:
    """Address of an agent's statement, from the page of a scoring; a code may hold any sign."""
    return f"?{urlencode({'lang': lang, RUN: run, AGENT: agent})}"


def _downloads(own: Shown, beside: Shown | None, lang: str) -> None:
    everybody = [str(agent) for agent in dict.fromkeys(own.scores["agent"])]
    book = text("view.pay.book", lang)
    st.download_button(
        book,
        lambda: _book(own, beside, everybody, lang),
        file_name=f"{_stem(own)}.xlsx",
        key="paid-book",
        on_click="ignore",
    )
    st.download_button(
        text("view.app.download_csv", lang), lambda: csv_bytes(payouts(own, beside, everybody, lang).reset_index()),
        file_name=f"{_stem(own)}.csv", mime="text/csv", key="paid-csv", on_click="ignore",
    )  # fmt: skip


def _stem(own: Shown) -> str:
    """Name of a scoring's files: those of two are told apart."""
    return "payout" if own.run is None else f"payout-{own.run.id}"


def _book(own: Shown, beside: Shown | None, agents: Sequence[str], lang: str) -> bytes:
    paid = own.named(payouts(own, beside, agents, lang).reset_index())
    scores = own.named(own.scores.drop(columns=["days", "load"], errors="ignore"))
    return score_book(paid, scores, own.scheme, own.currency, lang)


def _careful(own: Shown, lang: str) -> None:
    found = () if own.run is None else tuple(map(unpacked, own.run.summary.get("findings", ())))
    if found:
        st.subheader(text("view.pay.careful", lang))
        show_findings(found, lang, key="pay-findings")
