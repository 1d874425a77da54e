"""What the forecast rests on: odd days, drivers with their evidence, and what promotions do."""

import streamlit as st

from desk.i18n import text
from views.forecast.odd import show_odd
from views.forecast.sight import Sight, sight_page
from views.forecast.tried import show_kernels, show_lags, show_tried
from views.paging import queue_choice


def _draw(sight: Sight, lang: str) -> None:
    st.markdown(text("view.learned.intro", lang))
    queue = queue_choice(list(sight.forecast.queues), lang, key="forecast-queue")
    if not sight.learned:
        st.info(text("view.learned.plan_only", lang))
        show_tried(sight, queue, lang)
        return
    show_odd(sight, queue, lang)
    show_tried(sight, queue, lang)
    show_lags(sight, queue, lang)
    show_kernels(sight, queue, lang)


sight_page("learned", _draw)
