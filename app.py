"""The server: the pages of ``views/session/main.py`` and the API beside them. ``peakdesk app`` starts it, as does
``streamlit run app.py`` on this machine alone. Run as a script, as Streamlit's AppTest does, it is the pages.
"""

import runpy
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import get_script_run_ctx

from desk import InputError
from planner.serve.crew import start_worker
from planner.serve.leash import end_where_leashed
from planner.serve.refusal import refuse_forwarded, refuse_unsafe
from planner.serve.serving import serving_of
from views.api.serve import api_routes
from views.packed_scripts import PackedScripts
from views.pinned_proxy import PinnedProxy
from views.warm import warm_up

PAGES = Path(__file__).resolve().parent / "views" / "session" / "main.py"

if get_script_run_ctx(suppress_warning=True) is not None:
    runpy.run_path(str(PAGES))
else:
    serving = serving_of(st.get_option("server.address"))
    behind_proxy = serving.sign_in == "proxy"
    try:
        refuse_unsafe(serving)
        if behind_proxy:
            refuse_forwarded()
    except InputError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the server has no other voice before it starts
        sys.exit(error.exit_code)
    end_where_leashed()
    start_worker()
    warm_up()
    pins = [Middleware(PinnedProxy, proxy=serving.proxy, header=serving.header)] if behind_proxy else []
    packed = [Middleware(PackedScripts)] if serving.sign_in != "single" else []
    app = st.App(PAGES, routes=api_routes(), middleware=[*pins, *packed])
