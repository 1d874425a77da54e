"""When a page stands: what was asked is answered, what the answer needs has come, and what came is drawn.

Streamlit's script may have ended long before its page is whole: parts of it (charts, code, tables, pictures) are
programs of their own that the browser fetches when it first meets one, and shows a grey placeholder until then.
"""

from playwright.sync_api import Error, Page, Request, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from desk.i18n import text
from tests.browser.sides import LANGUAGES

_NEEDED = {"script", "stylesheet", "font", "xhr", "fetch"}
_TO_COME = ", ".join(f"[data-testid={name}]" for name in ("stSkeleton", "stAppSkeleton", "stSkeletonElement"))
_READING = [text("view.app.reading", lang) for lang in LANGUAGES]
_LACKING = """async ([toCome, marks, count, reading]) => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame(); await frame();
    const app = document.querySelector('[data-testid=stApp]');
    const charts = [...document.querySelectorAll('.stPlotlyChart')];
    if (app?.dataset.testConnectionState !== 'CONNECTED') return 'connection';
    if (app.dataset.testScriptState !== 'notRunning') return 'script';
    if (!document.querySelector('h1')) return 'title';
    if (document.querySelector(toCome)) return 'placeholder';
    if (document.querySelector('[data-stale=true]')) return 'stale part';
    const told = [...document.querySelectorAll('[data-testid=stAlert]')].map(box => box.innerText);
    if (told.some(words => reading.some(own => words.includes(own)))) return 'what is being worked out';
    if (document.fonts.status !== 'loaded') return 'fonts';
    if (charts.length < count) return `charts: ${charts.length} of ${count}`;
    const saysNothing = chart => chart.querySelector('.annotation-text') && !chart.querySelector('.xtick, .ytick');
    return charts.every(chart => chart.querySelector(marks) || saysNothing(chart)) ? '' : 'marks of a chart'; }"""


class Standing:
    """Follows what a page and the server say to each other, from before its first address.

    Parameters
    ----------
    marks : selector of what a chart draws its data with.
    """

    def __init__(self, page: Page, marks: str) -> None:
        self.page, self.marks = page, marks
        self._fetching: set[Request] = set()
        self._asked = self._begun = False
        page.on("request", self._fetches)
        page.on("requestfinished", self._fetched)
        page.on("requestfailed", self._fetched)
        page.on("websocket", self._joined)

    def lacking(self, charts: int) -> str:
        """What the page still lacks in order to stand with so many charts; empty where it stands."""
        try:
            lacks: str = self.page.evaluate(_LACKING, [_TO_COME, self.marks, charts, _READING])
        except Error as error:  # the page has just been left for the next
            return str(error)
        if self._asked:
            return "answer"
        return lacks or ", ".join(sorted(request.url for request in self._fetching))

    def _fetches(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self._fetching.clear()
        elif request.resource_type in _NEEDED:
            self._fetching.add(request)

    def _fetched(self, request: Request) -> None:
        self._fetching.discard(request)

    def _joined(self, socket: WebSocket) -> None:
        self._asked, self._begun = True, False
        socket.on("framesent", self._asks)
        socket.on("framereceived", self._answers)

    def _asks(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).HasField("rerun_script"):
            self._asked, self._begun = True, False

    def _answers(self, frame: bytes | str) -> None:
        if not isinstance(frame, bytes):
            return
        said = ForwardMsg.FromString(frame)
        if said.HasField("new_session"):
            self._begun = True
        elif said.HasField("script_finished") and said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self._asked = self._asked and not self._begun
