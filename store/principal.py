"""Who acts: a person with a role, the teams that they lead, and the agent that they are."""

from dataclasses import dataclass

from desk import Finding, InputError

ROLES = ("owner", "manager", "analyst", "lead", "agent", "auditor")
STORED_ROLES = ROLES[1:]
"""Roles that may be given to people. The owner is who runs the program alone, or the server's own command line."""
TOKEN_KINDS = ("api", "calendar")
OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who is known.

    Parameters
    ----------
    who : as the sign-in names them, such as an email address.
    role : one of :data:`ROLES`.
    teams : teams that a lead leads, or that somebody belongs to (the check before publishing asks for it).
    agent : the agent that they are, if any. Agents and teams have the same names in all desks of a store.
    """

    who: str
    role: str
    teams: tuple[str, ...] = ()
    agent: str | None = None


class NotYoursError(InputError):
    """Refused; says the same whether or not what was asked for exists."""

    def __init__(self) -> None:
        super().__init__([Finding("not_yours")])


def owner(who: str = OWNER) -> Principal:
    """Whoever runs Peakdesk alone, or works on the server itself."""
    return Principal(who, OWNER)
