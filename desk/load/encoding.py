"""Which encoding a file is in: UTF-8 with or without BOM, or GB18030 (which holds GBK); anything else is refused."""

from pathlib import PurePath

from desk.load.ledger import Ledger

_WIDE = (b"\xff\xfe", b"\xfe\xff")
_COMMON_SHARE = 0.5
_TELLING_LETTERS = 12
_FIRST_ALPHABETIC = 0xC0


def as_utf8(raw: bytes, file: str, ledger: Ledger) -> bytes | None:
    """The bytes as UTF-8 without BOM; None, with a finding, where the file is not text that we know."""
    text, fault = _understood(raw)
    if fault:
        row = _first_bad_line(raw) if fault == "wrong_encoding" else None
        ledger.add("settings_not_utf8" if PurePath(file).suffix == ".toml" else fault, file, row=row)
    return text


def _understood(raw: bytes) -> tuple[bytes | None, str]:
    """The text as UTF-8, or why there is none."""
    if raw.startswith(_WIDE):
        return None, "utf16"
    if b"\x00" in raw:
        return None, "binary_file"
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if raw.isascii() or _decodes(raw, "utf-8"):
        return raw, ""
    if _decodes(raw, "gb18030") and not _has_utf8_chinese(raw) and _looks_chinese(text := raw.decode("gb18030")):
        return (None, "two_encodings") if _is_as_good(text) else (text.encode(), "")
    return None, "wrong_encoding"


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _has_utf8_chinese(raw: bytes) -> bool:
    """Whether some line is Chinese in UTF-8: then the file is a mixture of encodings."""
    lines = (line for line in raw.splitlines() if not line.isascii() and _decodes(line, "utf-8"))
    return any("\u4e00" <= letter <= "\u9fff" for line in lines for letter in line.decode("utf-8"))


def _looks_chinese(text: str) -> bool:
    """Whether most letters beyond ASCII are common ones: Latin-1 or Big5 read as GB18030 gives rare ones."""
    foreign = [letter for letter in text if not letter.isascii()]
    common = sum(_decodable(letter) for letter in foreign)
    return common >= _COMMON_SHARE * len(foreign)


def _is_as_good(text: str) -> bool:
    """Whether the bytes are as sensible in another encoding: Hangul in Korea's, or letters of an alphabet.

    Six in ten Chinese letters are also Hangul in CP949, and a third are two letters of a European code page: of a dozen
    different ones all are by chance in 2 of 1,000 files.
    """
    letters = "".join({letter for letter in text if not letter.isascii()})
    raw = letters.encode("gb18030")
    if len(letters) < _TELLING_LETTERS:
        return False
    korean = _decodes(raw, "cp949") and all("\uac00" <= letter <= "\ud7a3" for letter in raw.decode("cp949"))
    return korean or min(raw) >= _FIRST_ALPHABETIC


def _decodable(letter: str) -> bool:
    """Whether it is a common letter: 早, 中 and 晚 of Big5 are a Greek one, a Japanese one and one of Chinese."""
    alphabetic = "\u0370" <= letter <= "\u04ff" or "\u3040" <= letter <= "\u30ff"
    return not alphabetic and bool(letter.encode("gb2312", errors="ignore"))


def _first_bad_line(raw: bytes) -> int:
    lines = enumerate(raw.splitlines(), start=1)
    return next((number for number, line in lines if not _decodes(line, "utf-8")), 1)
