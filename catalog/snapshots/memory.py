"""Answers worth keeping: a snapshot never changes, and millions of lines ask it the same few questions."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

from catalog.snapshots.reading import Snapshot

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

KEPT_ANSWERS = 20_000
"""Answers of one function kept for one snapshot; beyond that all are forgotten and gathered anew."""

_UNKNOWN = object()


def remembered(
    answer: Callable[Concatenate[Snapshot, Asked], Answer],
) -> Callable[Concatenate[Snapshot, Asked], Answer]:
    """The same function, each answer worked out once for a snapshot and forgotten with it; arguments are hashable."""
    kept: WeakKeyDictionary[Snapshot, dict[Hashable, Any]] = WeakKeyDictionary()

    @wraps(answer)
    def recall(snapshot: Snapshot, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        known = kept.get(snapshot)
        if known is None:
            known = kept.setdefault(snapshot, {})
        key = (args, tuple(kwargs.items())) if kwargs else args
        found = known.get(key, _UNKNOWN)
        if found is _UNKNOWN:
            if len(known) >= KEPT_ANSWERS:
                known.clear()
            found = known[key] = answer(snapshot, *args, **kwargs)
        return cast(Answer, found)

    return recall


def remembering(
    most: int,
) -> Callable[[Callable[Concatenate[Snapshot, Asked], Answer]], Callable[Concatenate[Snapshot, Asked], Answer]]:
    """For answers that are large: keeps ``most`` of each snapshot, those asked for last, and forgets the others."""

    def decorate(
        answer: Callable[Concatenate[Snapshot, Asked], Answer],
    ) -> Callable[Concatenate[Snapshot, Asked], Answer]:
        kept: WeakKeyDictionary[Snapshot, OrderedDict[Hashable, Answer]] = WeakKeyDictionary()
        lock = Lock()

        @wraps(answer)
        def recall(snapshot: Snapshot, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            key = (args, tuple(kwargs.items()))
            with lock:
                known = kept.setdefault(snapshot, OrderedDict())
                if key in known:
                    known.move_to_end(key)
                    return known[key]
            found = answer(snapshot, *args, **kwargs)
            with lock:
                known[key] = found
                while len(known) > most:
                    known.popitem(last=False)
            return found

        return recall

    return decorate
