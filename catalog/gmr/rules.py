"""Rules of the medicines family (DOMAIN 9)."""

from __future__ import annotations

from catalog.validation import Rule

MEDICAMENT_RULES: tuple[Rule, ...] = ()
AVIS_RULES: tuple[Rule, ...] = ()
