"""Codes are canonical, and say what their entry is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from catalog.conventions.codes import (
    TarifCode,
    band_letter,
    parse_adherence,
    parse_adhesion,
    parse_forfait,
    parse_forfait_code,
    parse_inpe,
    parse_lettre_cle,
    parse_liste,
    parse_slug,
    parse_taux,
    read_lettre_cle,
)
from catalog.errors import CodeError

Parse = Callable[[str], str]


@pytest.mark.parametrize(
    ("parse", "written", "canonical"),
    [
        (parse_slug, " Medecins-Prive-2006 ", "medecins-prive-2006"),
        (parse_lettre_cle, "Cs:medecins-prive-2006", "CS:medecins-prive-2006"),
        (parse_lettre_cle, "d.Soins:dentistes-prive-2006:CNOPS", "D.soins:dentistes-prive-2006:cnops"),
        (parse_forfait_code, "hospitalisation_jour:medecins-prive-2006", "HOSPITALISATION_JOUR:medecins-prive-2006"),
        (parse_forfait_code, "HBJD001-1-0:ccam-france", "HBJD001-1-0:ccam-france"),
        (parse_forfait_code, "CHIRURGIE_K30_K39:hopitaux-etat-2006", "CHIRURGIE_K030_K039:hopitaux-etat-2006"),
        (parse_adherence, "medecins-prive-2006:CNSS", "medecins-prive-2006:cnss"),
        (parse_taux, "CNOPS:amo:acte:Hospitalisation:public:normale", "cnops:AMO:ACTE:hospitalisation:public:NORMALE"),
        (parse_taux, "cnss:AMO:ACTE:ambulatoire:*:NORMALE", "cnss:AMO:ACTE:ambulatoire:*:NORMALE"),
        (parse_liste, "CNOPS:6118001181094", "cnops:6118001181094"),
        (parse_liste, "cnss:Zoladex", "cnss:zoladex"),
        (parse_liste, "cnss:amo-0123456789", "cnss:AMO-0123456789"),
        (parse_inpe, "012 345 678", "012345678"),
        (parse_adhesion, "012345678:CNOPS", "012345678:cnops"),
    ],
)
def test_codes_have_one_spelling(parse: Parse, written: str, canonical: str) -> None:
    assert parse(written) == canonical
    assert parse(canonical) == canonical


@pytest.mark.parametrize(
    ("parse", "written", "why"),
    [
        (parse_slug, "médecins", "small letters"),
        (parse_slug, "", "small letters"),
        (parse_lettre_cle, "C", "joined by colons"),
        (parse_lettre_cle, "C:a:cnops:b", "joined by colons"),
        (parse_lettre_cle, "C1:medecins-prive-2006", "1 to 6 letters"),
        (parse_lettre_cle, "D.:dentistes", "soins, prothese"),
        (parse_lettre_cle, "D.chirurgie:dentistes", "soins, prothese"),
        (parse_lettre_cle, "C:medecins-prive-2006:cnam", "cnops, cnss"),
        (parse_forfait_code, "RÉANIMATION:medecins", "capital letters"),
        (parse_adherence, "medecins-prive-2006", "<convention>:<organisme>"),
        (parse_taux, "cnops:AMO:ACTE:ambulatoire:NORMALE", "write <organisme>"),
        (parse_taux, "cnops:AMO:ACTE:ambulatoire:mixte:NORMALE", "'mixte' is not one of prive, public"),
        (parse_liste, "cnops:611800118", "13 digits"),
        (parse_inpe, "12345678", "9 digits"),
        (parse_inpe, "12345678a", "9 digits"),
        (parse_adhesion, "1234567890:cnops", "9 digits"),
    ],
)
def test_a_code_that_cannot_be_read_says_why(parse: Parse, written: str, why: str) -> None:
    with pytest.raises(CodeError, match=why):
        parse(written)


def test_the_code_of_a_letter_names_whose_value_it_is() -> None:
    assert read_lettre_cle("D.soins:dentistes:cnops") == TarifCode("D", "soins", "dentistes", "cnops")
    assert read_lettre_cle("C:medecins") == TarifCode("C", None, "medecins", None)


@pytest.mark.parametrize(
    ("written", "canonical", "lettre"),
    [
        ("CHIRURGIE_K30_K39", "CHIRURGIE_K030_K039", "K"),
        ("CHIRURGIE_K_K19", "CHIRURGIE_K000_K019", "K"),
        ("CHIRURGIE_K310_K", "CHIRURGIE_K310", "K"),
        ("ACTES_KE5_KE9", "ACTES_KE005_KE009", "KE"),
        ("REANIMATION_JOUR", "REANIMATION_JOUR", None),
        ("SOINS_INTENSIFS_JOUR", "SOINS_INTENSIFS_JOUR", None),
        ("CESARIENNE", "CESARIENNE", None),
        ("HBJD001-1-0", "HBJD001-1-0", None),
    ],
)
def test_a_band_is_known_by_the_name_of_its_forfait(written: str, canonical: str, lettre: str | None) -> None:
    assert parse_forfait(written) == canonical
    assert parse_forfait(canonical) == canonical
    assert band_letter(canonical) == lettre
