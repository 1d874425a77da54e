"""The pages of the app: one line each says where it stands and who may open it."""

from typing import NamedTuple

from store import NotYoursError, Principal, allowed, scope

GROUPS = {
    "plan": ":material/calendar_month:",
    "forecast": ":material/show_chart:",
    "pay": ":material/payments:",
    "own": ":material/person:",
    "data": ":material/database:",
}
"""The parts of the menu in order, each with the picture that its pages share. (Headings in Streamlit's menu stand
where a list must not have them; a screen reader stumbles over them.)
"""


class Door(NamedTuple):
    """A page: ``pages/<name>_page.py``, titled ``view.<name>.title``.

    Parameters
    ----------
    group : one of GROUPS.
    action : of the store's matrix, without which nobody gets in.
    whole : whether all rows must be the principal's to see; else their own rows, or their teams', are enough.
    agents : whether it is for who works shifts, and shows what is their own.
    teams : whether a lead's teams' rows are enough, where an agent's own are not.
    """

    name: str
    group: str
    action: str
    whole: bool = True
    agents: bool = False
    teams: bool = False


DOORS = (
    Door("start", "data", "desk.write"),
    Door("overview", "plan", "plan.read"),
    Door("roster", "plan", "plan.read"),
    Door("staffing", "plan", "plan.read"),
    Door("whatif", "plan", "plan.read"),
    Door("advisor", "plan", "plan.read"),
    Door("briefings", "plan", "attendance.read", teams=True),
    Door("forecast", "forecast", "desk.read"),
    Door("learned", "forecast", "desk.read"),
    Door("versions", "forecast", "desk.read"),
    Door("backtest", "forecast", "desk.read"),
    Door("incentives", "pay", "score.read", teams=True),
    Door("appeals", "pay", "request.read", teams=True),
    Door("settle", "pay", "score.write"),
    Door("scheme", "pay", "score.read", teams=True),
    Door("mine", "own", "roster.read", whole=False, agents=True),
    Door("score", "own", "score.read", whole=False, agents=True),
    Door("requests", "own", "request.make", whole=False, agents=True),
    Door("team", "own", "request.answer", teams=True),
    Door("data", "data", "desk.write"),
    Door("jobs", "data", "job.read", whole=False),
    Door("help", "data", "principal.read", whole=False),
)


def doors_of(principal: Principal) -> list[Door]:
    """The pages that a principal may open."""
    own = [door for door in DOORS if _open(door, principal)]
    return sorted(own, key=lambda door: list(GROUPS).index(door.group))


def refuse_closed(name: str, principal: Principal) -> None:
    """Make sure that a page may be opened, however somebody came to it.

    Raises
    ------
    NotYoursError : it may not.
    """
    if not any(door.name == name and _open(door, principal) for door in DOORS):
        raise NotYoursError


def _open(door: Door, principal: Principal) -> bool:
    if not allowed(principal, door.action):
        return False
    if door.agents:
        return principal.agent is not None
    if door.teams:
        return scope(principal, door.action) in ("all", "teams")
    return not door.whole or scope(principal, door.action) == "all"
