"""Letters that nobody sees and that mislead: control characters, turned writing, zero width, noncharacters."""

import re

_BREAKS = "\t\n\r"
_ENDS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NONCHARACTERS = f"\ufdd0-\ufdef{_ENDS}"
_HIDDEN = "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f"
_ALWAYS = f"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_HIDDEN}{_NONCHARACTERS}"
IN_TEXT = f"[{_ALWAYS}]"
IN_NAME = f"[{_ALWAYS}{_BREAKS}]"
_NAME, _SURROGATE = re.compile(IN_NAME), re.compile("[\ud800-\udfff]")


def is_unsafe_name(name: str) -> bool:
    """Whether a name holds a letter that no name needs; a line break is one."""
    return bool(_NAME.search(name) or _SURROGATE.search(name))
