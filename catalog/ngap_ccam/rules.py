"""The rules of the acts family (DOMAIN 2, 8.7). Each is a class of its own in the module of its subject."""

from __future__ import annotations

from catalog.ngap_ccam.acte_rules import (
    AssimilatedActHasOwnCotation,
    AssimilatedActUnknown,
    AssimilationTurnsRound,
    CoefficientIsZero,
    CoefficientMissing,
    CoefficientOfAFlatAct,
    KeyLetterMissing,
)
from catalog.ngap_ccam.ccam_rules import ActivityOutOfRange, HeadingUnknown, PhaseOutOfRange, TreeTurnsRound
from catalog.ngap_ccam.correspondance_rules import (
    MappedActIsNotInForce,
    MappingCodeDiffers,
    NoMapNamesATarget,
    NoMapWithoutReason,
    StageWentBack,
    TargetIncomplete,
    TwoEquivalentsForOneTarget,
    ValidationWithoutDecision,
)
from catalog.validation import Rule

ACTE_NGAP_RULES: tuple[Rule, ...] = (
    AssimilatedActUnknown(),
    AssimilationTurnsRound(),
    AssimilatedActHasOwnCotation(),
    CoefficientIsZero(),
    CoefficientOfAFlatAct(),
    CoefficientMissing(),
    KeyLetterMissing(),
)
ACTE_CCAM_RULES: tuple[Rule, ...] = (
    ActivityOutOfRange(),
    PhaseOutOfRange(),
    HeadingUnknown("acte_ccam", "noeud"),
)
NOEUD_CCAM_RULES: tuple[Rule, ...] = (TreeTurnsRound(), HeadingUnknown("noeud_ccam", "parent"))
CORRESPONDANCE_RULES: tuple[Rule, ...] = (
    MappingCodeDiffers(),
    TargetIncomplete(),
    NoMapNamesATarget(),
    NoMapWithoutReason(),
    ValidationWithoutDecision(),
    MappedActIsNotInForce(),
    TwoEquivalentsForOneTarget(),
    StageWentBack(),
)
