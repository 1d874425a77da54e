"""The files of an output, wherever they lie: in a folder, or in the store."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from desk import Desk, Finding, InputError
from planner.output.layout import DESK
from planner.output.manifest import hashes

Load = Callable[[Path], Desk]


@dataclass(frozen=True)
class Files:
    """The files of one output as they were when it was opened.

    Parameters
    ----------
    place : where they are, for messages.
    digests : relative path with forward slashes -> SHA-256.
    read : gives the content of one.
    desk : reads the desk among them by the function that it is given.
    """

    place: str
    digests: Mapping[str, str]
    read: Callable[[str], bytes]
    desk: Callable[[Load], Desk]

    def content(self, name: str) -> bytes:
        """What a file held when the output was opened, however long ago that is.

        Raises
        ------
        InputError : it is gone, or another by now.
        """
        try:
            found = self.read(name)
        except OSError as error:
            raise InputError([Finding("output_replaced", file=f"{self.place}/{name}")]) from error
        if sha256(found).hexdigest() != self.digests[name]:
            raise InputError([Finding("output_replaced", file=f"{self.place}/{name}")])
        return found


def files_in(out: Path) -> Files:
    """The files of an output folder."""
    return Files(str(out), hashes(out), lambda name: (out / name).read_bytes(), lambda load: load(out / DESK))
