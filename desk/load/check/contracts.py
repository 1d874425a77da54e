"""Contracts that no shift can meet, whatever the roster."""

from desk.load.check.days import allowed_shifts, employed_days
from desk.load.check.reach import most_days, most_hours_horizon, most_hours_week
from desk.load.draft import Draft
from desk.settings import Contract, Limit

PAIRS = (
    ("min_paid_h_day", "max_paid_h_day"),
    ("min_paid_h_week", "max_paid_h_week"),
    ("min_paid_h_horizon", "max_paid_h_horizon"),
    ("min_consecutive_days", "max_consecutive_days"),
)


def check_contracts(draft: Draft) -> None:
    """Note contradictions inside each contract, and minimums that its shifts can't reach."""
    if draft.settings is None:
        return
    paid_h = _paid_hours(draft)
    allowed = allowed_shifts(draft)
    for name, contract in draft.settings.contracts.items():
        _check_pairs(draft, name, contract)
        if paid_h:
            _check_reach(draft, name, contract, {shift: paid_h[shift] for shift in allowed[name] if shift in paid_h})


def _check_agents(draft: Draft, name: str, contract: Contract, longest_h: float) -> None:
    """Note agents whose leave and employment leave too few days for the contract's minimum."""
    least = hard(contract.min_paid_h_horizon)
    if least is None or not draft.has("agents", "agent", "contract"):
        return
    agents = draft.frames["agents"]
    days = employed_days(draft)
    free = days["employed"] - days["away"]
    reach = free * longest_h + days["away"] * contract.leave_credit_h
    short = (agents["contract"] == name) & (reach < least)

    def facts(place: int) -> dict[str, object]:
        return {"days": int(free.iloc[place]), "reach": f"{reach.iloc[place]:g}", "least": f"{least:g}"}

    draft.mark("agent_short_of_days", "agents", "agent", short, severity="warning", facts=facts)


def hard(limit: Limit | None) -> float | None:
    """The limit where it is hard; None where there is none or it has a price."""
    return None if limit is None or limit.price is not None else limit.limit


def _paid_hours(draft: Draft) -> dict[str, float]:
    if not draft.has("shifts", "shift", "paid_h"):
        return {}
    frame = draft.frames["shifts"].dropna(subset=["shift", "paid_h"])
    return dict(zip(frame["shift"], frame["paid_h"].astype(float), strict=True))


def _check_pairs(draft: Draft, name: str, contract: Contract) -> None:
    for least, most in PAIRS:
        low, high = getattr(contract, least), getattr(contract, most)
        if low is not None and high is not None and low.limit > high.limit:
            draft.setting("min_above_max", "contracts", name, least, least=least, most=most, contract=name)


def _check_reach(draft: Draft, name: str, contract: Contract, paid_h: dict[str, float]) -> None:
    """Compare each hard minimum with the most that the allowed shifts can give."""
    if not paid_h:
        draft.setting("contract_without_shift", "contracts", name, contract=name)
        return
    longest_allowed = hard(contract.max_paid_h_day)
    fitting = {shift: hours for shift, hours in paid_h.items() if longest_allowed is None or hours <= longest_allowed}
    if not fitting:
        shortest = f"{min(paid_h.values()):g}"
        draft.setting("shifts_too_long", "contracts", name, "max_paid_h_day", contract=name, reach=shortest)
        return
    assert draft.settings is not None
    _check_agents(draft, name, contract, max(fitting.values()))
    days = most_days(contract, draft.settings)
    reach = {
        "min_paid_h_day": max(fitting.values()),
        "min_paid_h_week": most_hours_week(contract, fitting),
        "min_paid_h_horizon": most_hours_horizon(contract, fitting, days, draft.settings),
    }
    for limit, most in reach.items():
        low = hard(getattr(contract, limit))
        if low is not None and low > most + 1e-9:
            draft.setting(
                "min_out_of_reach", "contracts", name, limit, contract=name, least=f"{low:g}", reach=f"{most:g}"
            )
