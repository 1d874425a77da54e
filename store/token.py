"""Tokens: something secret that stands for a principal; only its hash is kept, and it can be revoked."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import insert, select, update

from desk import Finding, InputError
from store.access import door, guarded, within
from store.engine import Store
from store.people import known
from store.principal import TOKEN_KINDS, NotYoursError, Principal
from store.schema import tokens
from store.trail import note

_BYTES = 32


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; the token itself is not."""

    id: int
    who: str
    kind: str
    created_at: datetime
    revoked_at: datetime | None


@guarded("token.write")
def make_token(store: Store, principal: Principal, kind: str, why: str = "") -> str:
    """A new token of one's own, told this once.

    Parameters
    ----------
    kind : ``api`` or ``calendar``.

    Raises
    ------
    InputError : there is no such kind.
    NotYoursError : the principal is not among those who are known (the owner has no need of tokens).
    """
    if kind not in TOKEN_KINDS:
        raise InputError([Finding("token_kind", value=kind)])
    plain = token_urlsafe(_BYTES)
    with store.writing() as connection:
        known(connection, principal.who)
        at = note(connection, principal, "make", "token", principal.who, after={"kind": kind}, why=why)
        row = {"hash": _hash(plain), "who": principal.who, "kind": kind, "created_at": at}
        connection.execute(insert(tokens).values(row))
    return plain


@guarded("token.write")
def revoke_token(store: Store, principal: Principal, number: int, why: str = "") -> None:
    """Let a token open nothing any more; one that is revoked stays so.

    Raises
    ------
    NotYoursError : it is not among those that the principal may revoke, or does not exist.
    """
    mine = (tokens.c.id == number) & within(principal, "token.write", who=tokens.c.who)
    with store.writing() as connection:
        row = connection.execute(select(tokens.c.who, tokens.c.revoked_at).where(mine)).first()
        if row is None:
            raise NotYoursError
        if row.revoked_at is None:
            at = note(connection, principal, "revoke", "token", row.who, after={"token": number}, why=why)
            connection.execute(update(tokens).where(tokens.c.id == number).values(revoked_at=at))


@guarded("token.read")
def list_tokens(store: Store, principal: Principal) -> tuple[Token, ...]:
    """The tokens that the principal may see, newest first."""
    columns = [column for column in tokens.c if column.name != "hash"]
    mine = within(principal, "token.read", who=tokens.c.who)
    with store.reading() as connection:
        rows = connection.execute(select(*columns).where(mine).order_by(tokens.c.id.desc())).mappings()
        return tuple(Token(**row) for row in rows)


@door
def principal_of_token(store: Store, plain: str, kind: str) -> Principal:
    """The principal whom a token stands for, with the rights that they have now.

    Raises
    ------
    NotYoursError : the token is unknown, revoked or of another kind, or its principal was removed.
    """
    own = (tokens.c.hash == _hash(plain)) & (tokens.c.kind == kind) & tokens.c.revoked_at.is_(None)
    with store.reading() as connection:
        who = connection.execute(select(tokens.c.who).where(own)).scalar()
        if who is None:
            raise NotYoursError
        return known(connection, who)


def _hash(plain: str) -> str:
    return sha256(plain.encode()).hexdigest()
