"""Runs pyHanko's coroutines without an event loop, so that nothing of ours ever opens a socket."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


def run_offline(work: Coroutine[Any, Any, Result]) -> Result:
    """The result of a coroutine that never has to wait.

    Offline there is nothing to wait for: a coroutine that does wait wants the network, and is an error.
    asyncio.run would do as well, but its loop opens a pair of sockets.
    """
    try:
        work.send(None)
    except StopIteration as done:
        result: Result = done.value
        return result
    work.close()
    raise RuntimeError("a coroutine wanted to wait, so it wanted the network")
