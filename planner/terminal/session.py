"""What one call of the command line was asked for, apart from its command."""

import locale
import os
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from desk import Desk
from desk.i18n import LANGUAGES
from desk.load.folder import SETTINGS_FILE
from desk.load.sane import LARGEST_SETTINGS_BYTES
from desk.load.workbook import read_settings

LANGUAGE_VARIABLE = "PEAKDESK_LANG"


@dataclass(frozen=True, slots=True)
class Session:
    """The language asked for by ``--lang``, if any, and whether tracebacks are wanted."""

    asked: str | None = None
    debug: bool = False

    @property
    def explicit(self) -> str | None:
        """The language that was asked for, by ``--lang`` or by PEAKDESK_LANG."""
        return self.asked or _known(os.environ.get(LANGUAGE_VARIABLE))

    def lang(self, desk: Path | str | None = None) -> str:
        """The language to speak before a desk is read: the explicit one, else the desk's, else the system's."""
        return self.explicit or (_of_desk(desk) if isinstance(desk, Path) else None) or _of_system()

    def for_desk(self, desk: Desk) -> str:
        """The language to speak about ``desk``."""
        return self.explicit or desk.settings.language


def session_of(words: Sequence[str]) -> Session:
    """The session that the words of a command line ask for; needed before they are parsed, for the help texts."""
    asked = None
    for word, following in pairwise([*words, ""]):
        given = word.removeprefix("--lang=") if word.startswith("--lang=") else following if word == "--lang" else ""
        asked = given if given in LANGUAGES else asked
    return Session(asked, "--debug" in words)


def _known(name: str | None) -> str | None:
    short = (name or "").lower()
    return next((lang for lang in LANGUAGES if short.startswith(lang)), None)


def _of_desk(path: Path) -> str | None:
    """The language that a folder or a workbook asks for; None where it can't be told, which its reader will say."""
    file = path / SETTINGS_FILE
    try:
        if path.suffix.lower() == ".xlsx" and path.is_file():
            settings = read_settings(path)
        elif file.is_file() and file.stat().st_size <= LARGEST_SETTINGS_BYTES:
            settings = file.read_text(encoding="utf-8-sig")
        else:
            return None
        return _known(tomllib.loads(settings).get("language"))
    except (OSError, ValueError, AttributeError, RecursionError):
        return None


def _of_system() -> str:
    name = (locale.getlocale()[0] or "").lower()
    return "zh" if name.startswith(("zh", "chinese")) else "en"
