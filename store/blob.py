"""Contents by their hash: equal content is kept once."""

import zlib
from hashlib import sha256

from sqlalchemy import Connection, insert, select

from desk import Finding, InputError
from store.schema import blobs

LEVEL = 6


def put(connection: Connection, content: bytes) -> str:
    """Keep the content; its hash."""
    key = sha256(content).hexdigest()
    if connection.execute(select(blobs.c.hash).where(blobs.c.hash == key)).first() is None:
        body = zlib.compress(content, LEVEL)
        connection.execute(insert(blobs).values(hash=key, bytes=len(content), body=body))
    return key


def get(connection: Connection, key: str) -> bytes:
    """The content of a hash.

    Raises
    ------
    InputError : what is kept is not what was put.
    """
    body = connection.execute(select(blobs.c.body).where(blobs.c.hash == key)).scalar_one()
    try:
        content = zlib.decompress(body)
    except zlib.error as error:
        raise InputError([Finding("store_damaged", value=key)]) from error
    if sha256(content).hexdigest() != key:
        raise InputError([Finding("store_damaged", value=key)])
    return content
