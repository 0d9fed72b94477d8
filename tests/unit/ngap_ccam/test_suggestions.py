"""Suggestions go by the words that two labels share, and rare words count most."""

from __future__ import annotations

from datetime import date

from catalog.ngap_ccam.atelier.suggestions import alike, suggest, words
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from tests.unit.ngap_ccam.builders import fact, snapshot

SPRING = date(2016, 3, 1)
LABELS = {
    "HBJD001": "Détartrage et polissage des dents",
    "HBLD038": "Pose d'une couronne dentaire métallique",
    "HBGD035": "Avulsion d'une dent temporaire",
    "HBGD042": "Avulsion de deux dents temporaires",
}


def shelf() -> Snapshot:
    acts = [fact("acte_ccam", code, libelle=label) for code, label in LABELS.items()]
    return snapshot([fact("acte_ngap", "D708", libelle="Détartrage complet"), *acts])


def test_words_lose_accents_plurals_and_what_says_nothing() -> None:
    assert words("Extraction des dents incluses, par côté") == {"extraction", "dent", "incluse", "cote"}


def test_the_act_with_the_same_rare_word_comes_first() -> None:
    found = suggest(shelf(), "d708", Moment(SPRING, 1))
    assert found[0].acte.code == "HBJD001"
    assert found[0].shared == ("detartrage",)


def test_more_words_shared_is_more_alike() -> None:
    found = alike(shelf(), "Avulsion de deux dents temporaires", Moment(SPRING, 1))
    assert [one.acte.code for one in found][:2] == ["HBGD042", "HBGD035"]
    assert found[0].likeness == 100


def test_nothing_shared_suggests_nothing() -> None:
    assert alike(shelf(), "Radiographie du thorax", Moment(SPRING, 1)) == []


def test_an_act_nobody_knows_suggests_nothing() -> None:
    assert suggest(shelf(), "D999", Moment(SPRING, 1)) == []
