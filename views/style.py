"""What Streamlit's own look lacks: where the keyboard is, seen on every page; numbers and ways that no box cuts;
and paper, where Streamlit prints its menu and cuts pictures.
"""

import streamlit as st

from charts.theme import PLANNED

_STYLE = """<style>
:is(a, button, summary, [role="tab"], [role="radio"]):focus-visible, label[data-focus-visible="true"] {{
  outline: 2px solid {colour} !important; outline-offset: 1px !important; border-radius: 4px; }}
[data-testid="stElementToolbar"]:focus-within {{ opacity: 1 !important; }}
[data-testid="stPageLink-NavLink"] :is(span:has(p), div, p) {{ white-space: normal; overflow: visible; }}
[data-testid="stColumn"]:has([data-testid="stMetric"]) {{ min-width: 11rem; }}
[data-testid="stColumn"]:has([data-testid="stSlider"]) {{ min-width: 14rem; }}
:is([data-testid="stMetricValue"], [data-testid="stMetricLabel"], [data-testid="stMetricDelta"]),
:is([data-testid="stMetricValue"], [data-testid="stMetricLabel"], [data-testid="stMetricDelta"]) :is(div, p) {{
  white-space: normal; overflow: visible; }}
[data-testid="stColumn"] [data-testid="stNumberInput"] [data-testid="InputInstructions"] {{ display: none; }}
[data-testid="stMain"] [data-testid="stMainBlockContainer"] {{ padding-top: 4rem; }}
@media (max-width: 640px) {{
  [data-testid="stColumn"]:has([data-testid="stMetric"]) {{
    min-width: min-content !important; flex: 1 1 9.5rem !important; }}
  [data-testid="stMetricValue"], [data-testid="stMetricValue"] :is(div, p) {{
    font-size: 1.5rem; overflow-wrap: normal; word-break: normal; }}
}}
</style>"""

_PAPER = """<style>@media print {
  @page { size: landscape; margin: 10mm; }
  :is([data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stPageLink"], [data-testid="stDownloadButton"],
    [data-testid="stElementToolbar"], .modebar-container) { display: none !important; }
  [data-testid="stMain"] [data-testid="stMainBlockContainer"] { padding: 0; }
  :is([data-testid="stMetric"], [data-testid="stPlotlyChart"], [data-testid="stDataFrame"], [data-testid="stAlert"]) {
    break-inside: avoid; }
  :is(h1, h2, h3, h4) { break-after: avoid; }
  :is([data-testid="stPlotlyChart"], [data-testid="stElementContainer"]:has(canvas)) { container-type: inline-size; }
  [data-testid="stDataFrame"] canvas { max-width: 100cqw !important; height: auto !important; }
  [data-testid="stElementContainer"]:has(.main-svg), [data-testid="stPlotlyChart"], [data-testid="stPlotlyChart"] div {
    height: auto !important; overflow: visible !important; }
  .js-plotly-plot .main-svg { --wide: attr(width px, 1px); --tall: attr(height px, 1px); max-width: none !important;
    zoom: min(1, tan(atan2(100cqw, var(--wide))), tan(atan2(175mm, var(--tall)))); }
  .js-plotly-plot .main-svg:first-of-type { position: relative !important; }
}</style>"""


def show_style() -> None:
    """Put a frame around what the keyboard is at, where Streamlit has hardly a shade or nothing. On a tablet boxes of
    numbers go on in another row and words in another line, where Streamlit cuts them: of 379,442 “37…” was left. On a
    phone two boxes stand side by side where their numbers have room, so that what needs a decision is not far below.
    In a narrow field “Press Enter to apply” stood upon the number that was typed.
    On paper pictures shrink to it, for they keep the screen's width, and only what is read is printed.
    """
    st.html(_STYLE.format(colour=PLANNED) + _PAPER)
