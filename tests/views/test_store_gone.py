"""The pages where the store can't be used."""

import pytest
from streamlit.testing.v1 import AppTest

from desk.i18n import LANGUAGES, catalogue
from tests.views.conftest import ROOT


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_says_that_the_store_is_gone_and_not_where_it_was(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was a traceback: now it is a sentence with its cure, and no host, account or password."""
    monkeypatch.setenv("PEAKDESK_DB", "postgresql://secretly:wrong@127.0.0.1:1/hidden")
    page = AppTest.from_file(str(ROOT / "views" / "session" / "main.py"), default_timeout=60)
    page.query_params["lang"] = lang
    page.run()
    assert not page.exception
    assert [own.value for own in page.error] == [catalogue(lang)["finding.api_store_unusable"]]
    assert catalogue(lang)["cure.api_store_unusable"] in [own.value for own in page.markdown]
    assert not any("secretly" in str(own.value) for own in (*page.error, *page.markdown))
