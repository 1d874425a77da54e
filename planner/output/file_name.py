"""File names from ids that users chose: safe on every system, one for each id."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_UNSAFE = re.compile(r"[^\w.-]|^[.-]|\.$")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$", re.IGNORECASE)
_LONGEST_BYTES = 120


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """A file stem for each id: the id itself where that is safe and unique, else a legible form and a hash.

    Unique also where the file system ignores case or normalises letters.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for own in sorted(set(ids)):
        name = own if _is_safe(own) and _folded(own) not in taken else _hashed(own)
        taken.add(_folded(name))
        names[own] = name
    return names


def _is_safe(name: str) -> bool:
    harmless = not _UNSAFE.search(name) and not _RESERVED.match(name)
    return bool(name) and harmless and len(name.encode()) <= _LONGEST_BYTES and unicodedata.is_normalized("NFC", name)


def _hashed(name: str) -> str:
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    legible = re.sub(r"[^\w-]", "_", unicodedata.normalize("NFC", name))[:30].lstrip("-")
    return f"{legible}~{digest}"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
