"""What the two databases do differently."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from sqlalchemy import URL, Connection, Engine

from desk import Finding


class Backend(Protocol):
    """One of the databases that can hold a store."""

    def engine(self, url: URL) -> Engine:
        """Connections that keep what they acknowledge, and see one state while they read."""

    def prepare(self, url: URL) -> None:
        """Make the place where there is none, for nobody else to read."""

    def hold(self, connection: Connection) -> None:
        """Wait until this transaction is the only one that writes."""

    def clock(self, connection: Connection) -> datetime:
        """The moment by the one clock of all who share the store."""

    def name(self, url: URL) -> str:
        """What a message may call it; never a password."""

    def unsound(self, connection: Connection) -> Iterator[Finding]:
        """Broken pages and references to nothing."""

    def grow_only(self, connection: Connection, *, on: bool) -> None:
        """Let the trail only grow, or free it inside a restore."""

    def overwrite_deleted(self, connection: Connection) -> None:
        """Leave no readable remains of what this transaction deletes, as far as the database can."""

    def copied(self, connection: Connection) -> None:
        """After rows were copied in with their numbers: go on counting behind them."""
