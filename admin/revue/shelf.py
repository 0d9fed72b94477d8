"""The last few things made, by what they were made from."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

Made = TypeVar("Made")


class Shelf:
    """The last few things made, by what they were made from."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable, make: Callable[[], Made] | None) -> Made | None:
        """What was made from that key; ``make`` makes it where it is not held, None leaves it so."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return cast(Made, self._held[key])
        if make is None:
            return None
        made = make()
        with self._lock:
            self._held[key] = made
            while len(self._held) > self.size:
                self._held.popitem(last=False)
        return made

    def clear(self) -> None:
        """Holds nothing."""
        with self._lock:
            self._held.clear()
