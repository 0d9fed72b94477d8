"""The rules of the medicines family (DOMAIN 9). Each is a class of its own in the module of its subject."""

from __future__ import annotations

from catalog.gmr.avis_rules import (
    LevelIsNotListed,
    OpinionOnUnknownPresentation,
    OpinionWithoutLevelOrDecision,
    OpinionWithoutTarget,
)
from catalog.gmr.group_rules import (
    ClosestGenericMoves,
    GenericIsDearerThanPrinceps,
    PbrIsNotTheClosestGeneric,
    UnknownGroup,
)
from catalog.gmr.identity_rules import CheckDigitIsWrong, ListLengthsDiffer, ProductUnderTwoCodes, UnknownPresentation
from catalog.gmr.price_rules import (
    AdmittedWithoutBase,
    GenericBaseIsNotItsPrice,
    HospitalPriceOutOfBand,
    PriceJump,
    PrincepsBaseAbovePrice,
    RetiredYetAdmitted,
)
from catalog.validation import Rule

MEDICAMENT_RULES: tuple[Rule, ...] = (
    RetiredYetAdmitted(),
    UnknownGroup(),
    CheckDigitIsWrong(),
    ListLengthsDiffer(),
    ProductUnderTwoCodes(),
    AdmittedWithoutBase(),
    GenericBaseIsNotItsPrice(),
    PrincepsBaseAbovePrice(),
    PbrIsNotTheClosestGeneric(),
    ClosestGenericMoves(),
    GenericIsDearerThanPrinceps(),
    HospitalPriceOutOfBand(),
    PriceJump(),
)
GTIN_RULES: tuple[Rule, ...] = (UnknownPresentation(), CheckDigitIsWrong(kind="gtin"))
AVIS_RULES: tuple[Rule, ...] = (
    OpinionWithoutTarget(),
    LevelIsNotListed(),
    OpinionOnUnknownPresentation(),
    OpinionWithoutLevelOrDecision(),
)
