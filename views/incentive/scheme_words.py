"""A scheme in words and numbers: what earns money, how much, within what limits."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from desk import Desk
from desk.currency import amount_words, money_words, smallest
from desk.i18n import catalogue, text
from desk.settings import IncentiveSettings
from incentive import measure_title
from incentive.measure import measures
from incentive.pay import cents_of, parts_of
from views.figure import Figure, show_figures
from views.markdown import plain
from views.table_shown import show_plain_table


def show_scheme(scheme: IncentiveSettings, currency: str, desk: Desk | None, lang: str) -> None:
    """Draw the scheme; the queues' targets, too, where the desk may be read."""
    known = measures(scheme.reply_limits_s)
    figures = [
        Figure("scheme.budget", money_words(scheme.budget, currency)),
        Figure("scheme.guarantee", money_words(scheme.guarantee, currency)),
        Figure("scheme.cap_agent", _or_none(scheme.cap_agent, currency, lang)),
    ]
    show_figures(figures, lang)
    st.markdown("\n".join(f"- {plain(line)}" for line in scheme_lines(scheme, currency, lang)))
    show_plain_table(scheme_table(scheme, currency, lang), lang, key="scheme-parts", words="view.scheme.column")
    with st.expander(text("view.scheme.measures", lang)):
        for name in scheme.weights:
            st.markdown(f"**{plain(known[name].title(lang))}**: {plain(known[name].definition(lang))}")
    if desk is not None:
        with st.expander(text("view.scheme.targets", lang)):
            st.markdown("\n".join(f"- {plain(line)}" for line in _targets(desk, lang)))


def scheme_table(scheme: IncentiveSettings, currency: str, lang: str) -> pd.DataFrame:
    """One row per paid measure: its share of the budget and what it comes to, price, quota, cap, gates."""
    unit = smallest(currency)
    parts = parts_of(cents_of(scheme.budget, unit), list(scheme.weights.values()))
    rows = []
    for (name, share), cents in zip(scheme.weights.items(), parts, strict=True):
        gates = [text("view.scheme.gate", lang, by=measure_title(gate.by, lang), low=gate.low, high=gate.high,
                      least=gate.least) for gate in scheme.gates if gate.measure == name]  # fmt: skip
        row = {
            "measure": measure_title(name, lang),
            "share": _percent(share),
            "part": amount_words(cents / unit, currency),
        }
        limits = {"price": scheme.prices.get(name), "quota": scheme.quotas.get(name), "cap": scheme.caps.get(name)}
        rows.append(row | {key: "" if value is None else f"{value:,.12g}" for key, value in limits.items()}
                    | {"gates": "; ".join(gates)})  # fmt: skip
    columns = ["measure", "share", "part", "price", "quota", "cap", "gates"]
    table = pd.DataFrame(rows, columns=columns)
    return table.loc[:, [name for name in columns if name in columns[:3] or (table[name] != "").any()]]


def scheme_lines(scheme: IncentiveSettings, currency: str, lang: str) -> list[str]:
    """The rules beside the parts, a sentence each."""
    lines = [text("view.scheme.line.priced" if scheme.prices else "view.scheme.line.shared", lang)]
    if scheme.guarantee:
        facts = {"amount": money_words(scheme.guarantee, currency), "contacts": scheme.guarantee_contacts}
        lines.append(text("view.scheme.line.guarantee", lang, **facts))
    unspent = 1 - sum(scheme.weights.values())
    if unspent > 1e-9:
        lines.append(text("view.scheme.line.unspent", lang, share=_percent(unspent)))
    join = text("view.pay.join", lang)
    factors = join.join(text(f"view.scheme.factor.{name}", lang) for name in scheme.risk_factors)
    lines.append(text("view.scheme.line.fair", lang, factors=factors, interval=scheme.interval))
    known = measures(scheme.reply_limits_s)
    if any(share and known[name].kind == "share" for name, share in scheme.weights.items()):
        lines.append(text("view.scheme.line.claim", lang, most=scheme.claim_max))
    if scheme.weights.get("overload"):
        lines.append(text("view.scheme.line.overload", lang, cap=_percent(scheme.overload_cap)))
    if scheme.weights.get("overtime"):
        facts = {"day": scheme.overtime_max_h_day, "month": scheme.overtime_max_h_month}
        lines.append(text("view.scheme.line.overtime", lang, **facts))
    if scheme.weights.get("conversion"):
        own = scheme.attribution
        rule = {"agent": text(f"view.scheme.attribution.{own.agent}", lang), "window": own.window_h}
        event = text(f"view.scheme.attribution.{own.event}", lang)
        lines.append(text("view.scheme.line.conversion", lang, **rule, event=event, refund=own.refund_days))
        lines += [text("view.scheme.line.one_a_day", lang)] if own.one_a_day else []
    if scheme.weights.get("rating"):
        lines.append(text("view.scheme.line.rating", lang, stars=scheme.satisfied_from))
    weights = join.join(f"{queue} × {value:g}" for queue, value in scheme.queue_weights.items())
    lines += [text("view.scheme.line.queues", lang, weights=weights)] if weights else []
    return [*lines, *_when(scheme, lang), _guards(scheme, lang)]


def _when(scheme: IncentiveSettings, lang: str) -> Iterator[str]:
    """The times whose contacts count for some measures only."""
    for name, hours in scheme.hours.items():
        yield text("view.scheme.line.hours", lang, measure=measure_title(name, lang), hours=hours)
    for window in scheme.exempt:
        named = text("view.pay.join", lang).join(measure_title(name, lang) for name in window.measures)
        facts = {"measures": named or text("view.scheme.line.exempt_shares", lang), "reason": window.reason or "—"}
        yield text("view.scheme.line.exempt", lang, start=window.start, end=window.end, **facts)


def _percent(share: float) -> str:
    """A share as it was written: 12.5 %, not 12 %."""
    return f"{round(100 * share, 9):,.12g}%"


def _guards(scheme: IncentiveSettings, lang: str) -> str:
    known = catalogue(lang)
    names = [key.rpartition(".")[2] for key in known if key.startswith("view.pay.guard.")]
    on = text("view.pay.join", lang).join(
        known[f"view.pay.guard.{name}"] for name in names if name not in scheme.guards.off
    )
    return text("view.scheme.line.guards", lang, guards=on or "—")


def _targets(desk: Desk, lang: str) -> list[str]:
    return [
        text("view.scheme.target", lang, queue=name, share=queue.target.share, within=queue.target.within_s)
        for name, queue in desk.settings.queues.items()
    ]


def _or_none(value: float | None, currency: str, lang: str) -> str:
    return text("view.scheme.none", lang) if value is None else money_words(value, currency)
