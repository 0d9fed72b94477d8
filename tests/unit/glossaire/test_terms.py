"""Terms are found by any spelling, defined once, and refer to terms that exist."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.errors import CodeError, PayloadError
from catalog.glossaire.codes import fold_term, parse_term
from catalog.glossaire.family import TERME
from catalog.glossaire.rules import RelatedTermUnknown, TermDefinedTwice
from catalog.validation import Candidate, Rule, Severity, Standing, Violation, nothing_standing


def term(code: str, libelle: str, **fields: Any) -> Candidate:
    return Candidate("terme", code, TERME.load(code, {"libelle": libelle, "definition": "Ce que c’est."} | fields))


def check(rule: Rule, *candidates: Candidate, standing: Standing = nothing_standing) -> list[Violation]:
    return list(rule.check(candidates, standing))


@pytest.mark.parametrize("text", ["Ticket modérateur", "TICKET-MODERATEUR", " ticket  modérateur "])
def test_every_spelling_of_a_term_folds_to_its_code(text: str) -> None:
    assert fold_term(text) == "ticket-moderateur"


def test_a_code_is_read_whatever_its_case() -> None:
    assert parse_term(" PBR ") == "pbr"


@pytest.mark.parametrize("text", ["", "p", "ticket modérateur", "-pbr", "a" * 81])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(CodeError):
        parse_term(text)


def test_a_term_needs_its_definition() -> None:
    with pytest.raises(PayloadError, match="Définition"):
        TERME.load("pbr", {"libelle": "PBR"})


def test_a_related_term_must_exist() -> None:
    found = check(RelatedTermUnknown(), term("pbr", "PBR", voir=["ppv", "ph"]), term("ppv", "PPV"))
    assert [(one.code, one.value, one.severity) for one in found] == [("pbr", "ph", Severity.WARNING)]


def test_a_related_term_may_stand_already() -> None:
    standing = [("ppv", term("ppv", "PPV").payload)]
    assert check(RelatedTermUnknown(), term("pbr", "PBR", voir=["ppv"]), standing=lambda kind: standing) == []


def test_a_term_is_defined_once() -> None:
    found = check(TermDefinedTwice(), term("generique", "Générique"), term("generique-2", "GENERIQUE"))
    assert [(one.code, one.severity) for one in found] == [("generique-2", Severity.ERROR)]


def test_what_stands_was_there_first() -> None:
    standing = [("zz", term("zz", "Princeps").payload)]
    found = check(TermDefinedTwice(), term("princeps", "Princeps"), standing=lambda kind: standing)
    assert [one.code for one in found] == ["princeps"]


def test_a_changed_definition_is_not_a_second_one() -> None:
    standing = [("pbr", term("pbr", "PBR").payload)]
    changed = term("pbr", "PBR", definition="Autrement dit.")
    assert check(TermDefinedTwice(), changed, standing=lambda kind: standing) == []
