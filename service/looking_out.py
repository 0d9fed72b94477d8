"""Something done again and again beside the requests, for as long as there is somebody to do it for."""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import Event, Thread
from typing import TypeVar
from weakref import ref

import structlog

Held = TypeVar("Held")

log = structlog.get_logger()


class Here:
    """The process that runs this, known without asking the system each time: a fork tells."""

    process = os.getpid()

    @classmethod
    def note(cls) -> None:
        cls.process = os.getpid()


os.register_at_fork(after_in_child=Here.note)


def keep_doing(task: Callable[[Held], object], held: Held, *, every: float, name: str) -> Callable[[], None]:
    """A thread that does it until told to stop, or until nobody else holds what it is done for; answers what stops it.

    A failure is logged once, until it is another or is over; the next time comes as if there had been none.
    """
    stopped, weak = Event(), ref(held)

    def go_on() -> None:
        last = ""
        while not stopped.wait(every):
            known = weak()
            if known is None:
                return
            try:
                task(known)
                last = ""
            except Exception as error:
                told = str(error).partition("\n")[0] or type(error).__name__
                if told != last:
                    log.warning("not looked at, and tried again", task=name, reason=told)
                last = told
            del known

    Thread(target=go_on, name=name, daemon=True).start()
    return stopped.set
