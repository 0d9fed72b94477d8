"""Whatever the domain can refuse, the console tells in French."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from admin.french import field_sentence, kind_name, sentence, told
from admin.french.telling import BOOK
from admin.french.words import LABELS, WORDS
from catalog import errors
from catalog.importing.errors import UnreadableFileError
from catalog.registry import KINDS
from tests.admin.french.sources import sentences

FRENCH = re.compile(r"[àâçéèêîôùû’«]|\b(le|la|les|un|une|de|des|du|pas|ne|il|est|sans)\b", re.IGNORECASE)
ENGLISH = re.compile(r"\b(the|is|are|not|of|cannot|has|have|with|its|must|write)\b")
UNHEARD = {
    # A writer's errors in a profile or in the reference pack; the pages where they could show do not write either.
    "lacks", "must be", "must hold", "no regular expression", "fields.", "constants or defaults", "group.merge",
    "internal_codes", "it is not TOML", "it cannot be read as UTF-8", "legal_act: {}", "needs either", "takes neither",
    "format.columns", "no key {}", "no converter", "{} {}: {}",
    # Why a snapshot was built another way than the usual one: the log alone tells it.
    "The process that builds", "it could not be started (", "it took more than", "status {}, {}", "is no file of it",
    "cannot be built from the one before", "of release {} is not in it", "its last release is not", "most of it is new",
}  # fmt: skip


def heard() -> list[str]:
    said = sentences("catalog", "admin")
    return sorted(
        text
        for text in said
        if not any(part == text or (part in text and part != "{} {}: {}") for part in UNHEARD)
        and not FRENCH.search(text)
    )


def filled(text: str) -> str:
    return text.replace("{}", "X7")


@pytest.mark.parametrize("text", heard())
def test_every_sentence_of_the_source_has_its_french(text: str) -> None:
    french = BOOK.tell(filled(text)) or WORDS.get(text)
    assert french is not None, f"add the French of {text!r} to admin/french"
    assert not ENGLISH.search(french.replace("amo-catalog", ""))
    assert french.count("X7") == text.count("{}")


def families(root: type[errors.CatalogError]) -> list[type[errors.CatalogError]]:
    return [root, *(found for child in root.__subclasses__() for found in families(child))]


def test_the_source_says_a_good_hundred_sentences() -> None:
    assert len(heard()) > 100
    assert len(families(errors.CatalogError)) > 25


@pytest.mark.parametrize("kind", list(KINDS), ids=lambda kind: kind.name)
def test_every_kind_has_a_french_name_and_label(kind: object) -> None:
    name, label = kind.name, kind.label  # type: ignore[attr-defined]
    assert kind_name(name) != name or name in ("convention", "forfait")
    assert kind_name(name, plural=True)
    assert label in LABELS or label in ("convention", "forfait")


REFUSALS = [
    (errors.UnknownDraftError(3), "Le brouillon 3 n’existe pas."),
    (errors.DraftStateError(3, "in_review", "publish", "approved"),
     "Le brouillon 3 est en relecture\u00a0: pour publier, il doit être approuvé."),
    (errors.NotAllowedError("ali", "approve drafts", ["valideur"]),
     "ali ne peut pas approuver un brouillon\u00a0: il y faut le rôle valideur."),
    (errors.FourEyesError("ali", "they are its author"),
     "ali ne peut pas approuver ce brouillon\u00a0: c’est la personne qui l’a ouvert. "
     "Une deuxième personne doit le faire."),
    (errors.NotInForceError("medicine", "6118", date(2014, 6, 1), ["until 2012-01-01 (excluded)", "from 2015-02-03"]),
     "médicament 6118\u00a0: rien n’est en vigueur au 1er juin 2014. En vigueur jusqu’au 1er janvier 2012 (exclu)"
     "\u00a0; à partir du 3 février 2015."),
    (errors.CodeError("12", "a GTIN has 8, 12, 13 or 14 digits."),
     "Le code «\u00a012\u00a0» est illisible\u00a0: un GTIN a 8, 12, 13 ou 14 chiffres."),
    (errors.StaleDraftError(1, 2, 3, ["medicament 611"]),
     "Le brouillon 1 a été écrit sur la version 2\u00a0; la version 3 est maintenant la dernière et a modifié ce qu’il "
     "touche\u00a0: médicament 611. Rebasez-le, regardez la différence, puis soumettez-le de nouveau."),
    (UnreadableFileError(Path("a.csv"), "it is empty", "Download it again"),
     "a.csv est illisible\u00a0: il est vide. Téléchargez-le de nouveau."),
]  # fmt: skip


@pytest.mark.parametrize(("error", "french"), REFUSALS, ids=lambda told: type(told).__name__)
def test_a_refusal_is_told_with_its_values(error: errors.CatalogError, french: str) -> None:
    assert sentence(error) == french


def test_fields_are_named_by_their_french_labels() -> None:
    said = {"ppv": ["'x' is not an amount in dirhams with at most two decimals, such as 29.70."], "nom": []}
    assert sentence(errors.PayloadError("medicine", "6118", said)).startswith("Prix public de vente\u00a0: «\u00a0x")


def test_a_complaint_about_a_field_is_told_alone() -> None:
    assert field_sentence("'K' is not one of P, G.") == (
        "«\u00a0K\u00a0» n’est pas l’une des valeurs possibles\u00a0: P, G."
    )


def test_the_note_of_an_import_is_told_with_its_day() -> None:
    assert told("Date of effect 2014-06-09; mode full; legal act arrete-1.") == (
        "Date d’effet\u00a0: 9 juin 2014\u00a0; mode\u00a0: liste complète\u00a0; acte juridique\u00a0: arrete-1."
    )


def test_what_has_no_french_is_told_as_it_is() -> None:
    assert told("Nobody wrote this sentence.") == "Nobody wrote this sentence."
