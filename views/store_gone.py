"""What a page says when the store can't be used."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from desk import InputError
from views.api.serve import tellable


@contextmanager
def told_when_gone(lang: str) -> Iterator[None]:
    """Say that the store can't be used and what to do, and leave host, account and path to the server's log."""
    try:
        yield
    except InputError as error:
        if (found := tellable(error)) == error.findings:
            raise
        for finding in found:
            st.error(finding.message(lang))
            st.markdown(finding.cure(lang))
