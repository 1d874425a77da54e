"""The server as a process of its own, that ends when this one is asked to."""

import signal
import subprocess
from collections.abc import Mapping, Sequence
from types import FrameType

from planner.serve.leash import LEASHED

_ENDS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What services, containers and closed terminals end a program by. Only Ctrl-C reaches the server by itself."""


def served_to_its_end(words: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run the server until it ends, or this process is asked to end: then the server is, too, and its port is free.
    Where this process is killed, the server ends by itself.

    Returns
    -------
    The server's exit code; 0 where it was asked to end.
    """
    asked = []
    with subprocess.Popen(words, env={**environment, LEASHED: "1"}, stdin=subprocess.PIPE) as server:

        def end(number: int, frame: FrameType | None) -> None:
            asked.append(number)
            server.terminate()

        before = {own: signal.signal(own, end) for own in _ENDS if signal.getsignal(own) is signal.SIG_DFL}
        try:
            returned = server.wait()
        except KeyboardInterrupt:
            end(signal.SIGINT, None)
            returned = server.wait()
        finally:
            for own, handler in before.items():
                signal.signal(own, handler)
    return 0 if asked else returned
