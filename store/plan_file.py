"""Single files of a stored plan, for who does not need all of them at once."""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import select

from desk import Finding, InputError
from store import blob
from store.access import guarded
from store.engine import Store
from store.principal import Principal
from store.schema import plan_files


@guarded("plan.read")
def plan_digests(store: Store, principal: Principal, key: str) -> Mapping[str, str]:
    """The files of a plan: relative path with slashes -> SHA-256 of the content.

    Raises
    ------
    InputError : there is no such plan, or it is not what was saved.
    """
    query = select(plan_files.c.path, plan_files.c.blob).where(plan_files.c.plan == key)
    with store.reading() as connection:
        found = {str(path): str(body) for path, body in connection.execute(query)}
    if not found:
        raise InputError([Finding("store_unknown_plan", value=key)])
    lines = "".join(f"{found[path]} {path}\n" for path in sorted(found))
    if sha256(lines.encode()).hexdigest() != key:
        raise InputError([Finding("store_damaged", value=key)])
    return found


@guarded("plan.read")
def read_plan_file(store: Store, principal: Principal, key: str, path: str) -> bytes:
    """The content of one file of a plan.

    Raises
    ------
    InputError : there is no such plan or file, or it is not what was saved.
    """
    query = select(plan_files.c.blob).where((plan_files.c.plan == key) & (plan_files.c.path == path))
    with store.reading() as connection:
        body = connection.execute(query).scalar()
        if body is None:
            raise InputError([Finding("store_unknown_plan", value=key)])
        return blob.get(connection, body)
