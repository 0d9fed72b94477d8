"""What a draft is made of, and what a fact holds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from catalog.kinds import Kind, Payload, canonical_json
from catalog.temporal import Period

FACT_FORMAT = "amo-fact-1"


@dataclass(frozen=True, slots=True)
class Change:
    """Over ``period`` the entry is set to ``payload``, or, where that is None, to nothing.

    ``legal_act`` None stands for the draft's own; ``source`` says where the figure was read, ``confidence`` how far
    it can be trusted (H, M, L); ``row`` is the line of the file it came from.
    """

    kind: str
    code: str
    period: Period
    payload: Payload | None
    legal_act: str | None = None
    source: str | None = None
    confidence: str | None = None
    reason: str | None = None
    row: int | None = None

    @property
    def is_void(self) -> bool:
        return self.payload is None


@dataclass(frozen=True, slots=True)
class Held:
    """What holds for an entry: its payload and its legal ground."""

    payload: Payload
    legal_act: str
    source: str | None = None
    confidence: str | None = None


def fact_digest(kind: Kind, code: str, period: Period, held: Held | None, legal_act: str) -> str:
    """SHA-256 of the canonical text of a fact; the same on every database (TRUTH: format version first)."""
    text = kind.to_text(held.payload) if held else None
    source, confidence = (held.source, held.confidence) if held else (None, None)
    return text_digest(kind.name, code, period, legal_act, source, confidence, text)


def text_digest(
    kind: str, code: str, period: Period, act: str, source: str | None, confidence: str | None, payload: str | None
) -> str:
    """The digest of a fact whose payload is already canonical text; None withdraws."""
    text = canonical_json(
        [kind, code, period.start.isoformat(), period.end.isoformat(), act, source, confidence, payload]
    )
    return hashlib.sha256(f"{FACT_FORMAT}|{text}".encode()).hexdigest()
