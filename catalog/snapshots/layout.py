"""The arrays of a kind in the order in which they lie, and what their numbers are."""

from __future__ import annotations

NUMBER, DAY, BYTE = "I", "i", "B"
"""Numbers that count something; days (ordinals) or releases; pieces that lie end to end."""

SPAN_DAYS = ("span_start", "span_end", "span_from", "span_to")
FACT_DAYS = ("fact_release", "fact_start", "fact_end")
FACT_NUMBERS = ("fact_code", "fact_ground", "fact_alike")

PARTS = {
    "code_at": NUMBER,
    "code": BYTE,
    "slots": NUMBER,
    "has_spans": BYTE,
    "span_at": NUMBER,
    **dict.fromkeys(SPAN_DAYS, DAY),
    "span_fact": NUMBER,
    "segment_at": NUMBER,
    "held_at": NUMBER,
    "held": NUMBER,
    "held_from": DAY,
    "block_at": NUMBER,
    "block": BYTE,
    **dict.fromkeys(FACT_DAYS, DAY),
    **dict.fromkeys(FACT_NUMBERS, NUMBER),
    "own_at": NUMBER,
    "own": BYTE,
    "alike_at": NUMBER,
    "alike": BYTE,
    "ground_at": NUMBER,
    "ground": BYTE,
}
"""``x_at`` tells where each piece of ``x`` begins, and where the last one ends; ``block_at`` counts words of four
bytes, for a block begins with days. Blocks hold once more, by code, what is asked most: see ``blocks``."""
