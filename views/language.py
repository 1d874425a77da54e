"""Which language a person reads."""

import streamlit as st

from desk.i18n import LANGUAGES, text
from views.kept_choice import choose_kept, chosen_now, kept, say_all_anew

_KEY = "lang"
_OWN_WORDS = "en"
"""What Streamlit says itself it says in this language."""
_OWN = ("upload", "apply", "apply_lines", "submit", "submit_lines", "no_results", "all", "all_found")
_STYLE = """<style>
[data-testid="stFileUploaderDropzone"] button p,
[data-testid="InputInstructions"] > span:first-child,
[role="listbox"] > [role="option"]:not([data-key]) > span,
:is([data-key="__select_all__"], [data-key="__select_matches__"]) > div {{ font-size: 0; }}
[data-testid="stFileUploaderDropzone"] button p::after {{ content: "{upload}"; font-size: 0.875rem; }}
[data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
[data-testid="InputInstructions"] > span:first-child::after {{ content: "{apply}"; font-size: 0.75rem; }}
[data-testid="stTextArea"] [data-testid="InputInstructions"] > span:first-child::after {{ content: "{apply_lines}"; }}
[data-testid="stForm"] [data-testid="InputInstructions"] > span:first-child::after {{ content: "{submit}"; }}
[data-testid="stForm"] [data-testid="stTextArea"] [data-testid="InputInstructions"] > span:first-child::after {{
  content: "{submit_lines}"; }}
[role="listbox"] > [role="option"]:not([data-key]) > span::after {{ content: "{no_results}"; font-size: 0.875rem; }}
[data-key="__select_all__"] > div::after {{ content: "{all}"; font-size: 0.875rem; }}
[data-key="__select_matches__"] > div::after {{ content: "{all_found}"; font-size: 0.875rem; }}
</style>"""


def choose_language() -> str:
    """Draw the switch in the sidebar; the choice stays through the session, and in the address to be kept."""
    now = _known(chosen_now(_KEY))
    say_all_anew(now)
    return choose_kept(_KEY, text("view.app.language", now), LANGUAGES, _own_name, _of_browser())


def language() -> str:
    """The language of this session: chosen, in the address, or the browser's."""
    return _known(kept(_KEY))


def _known(chosen: str) -> str:
    return chosen if chosen in LANGUAGES else _of_browser()


def translate_streamlit(lang: str) -> None:
    """Put the person's words in the place of Streamlit's own; sizes and kinds of files are told by our labels."""
    if lang != _OWN_WORDS:
        st.html(_STYLE.format(**{name: text(f"view.app.{name}", lang) for name in _OWN}))


def _of_browser() -> str:
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def _own_name(lang: str) -> str:
    return text("view.app.own_name", lang)
