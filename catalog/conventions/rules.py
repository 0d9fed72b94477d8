"""The rules of the conventions family. Each is a class of its own in the module of its subject."""

from __future__ import annotations

from catalog.conventions.band_rules import BandIsReversed, BandsOverlap
from catalog.conventions.code_rules import CodeAndFieldsDiffer
from catalog.conventions.other_rules import (
    ListedByNameAlone,
    MalformedInpe,
    PayerRuleIsIncomplete,
    RateOutOfScale,
    UnknownMedicine,
)
from catalog.conventions.tarif_rules import (
    TariffOfActNotInForce,
    TwoValuesForOneLetter,
    UnknownConvention,
    ValueIsZero,
)
from catalog.validation import Rule

CONVENTION_RULES: tuple[Rule, ...] = (UnknownConvention(),)
ADHERENCE_RULES: tuple[Rule, ...] = (UnknownConvention(), CodeAndFieldsDiffer())
LETTRE_RULES: tuple[Rule, ...] = (
    UnknownConvention(),
    CodeAndFieldsDiffer(),
    ValueIsZero(),
    TwoValuesForOneLetter(),
    TariffOfActNotInForce(),
)
FORFAIT_RULES: tuple[Rule, ...] = (
    UnknownConvention(),
    CodeAndFieldsDiffer(),
    ValueIsZero(),
    BandIsReversed(),
    BandsOverlap(),
    TariffOfActNotInForce(),
)
TAUX_RULES: tuple[Rule, ...] = (CodeAndFieldsDiffer(), RateOutOfScale())
REGLE_RULES: tuple[Rule, ...] = (PayerRuleIsIncomplete(),)
LISTE_RULES: tuple[Rule, ...] = (CodeAndFieldsDiffer(), UnknownMedicine(), ListedByNameAlone())
ADHESION_RULES: tuple[Rule, ...] = (MalformedInpe(), CodeAndFieldsDiffer())
