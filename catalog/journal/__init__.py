"""The journal: who did what, when, from what to what; append-only and chained."""

from catalog.journal.recording import record

__all__ = ["record"]
