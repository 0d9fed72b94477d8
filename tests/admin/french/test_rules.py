"""Every rule an entry or a file can break is told in French, with what was found."""

from __future__ import annotations

import ast
import re

import pytest

from admin.french import remedy_sentence, rule_sentence
from admin.french.telling import DETAILS, RULES, rules_of_registry
from catalog.importing.findings import DoubtfulCell, ReadingRule
from catalog.validation import Rule, Severity, Violation
from tests.admin.french.sources import modules, template

RULE_NAMES = sorted({type(rule).__name__ for rule in rules_of_registry()})
READING_NAMES = sorted(rule.__name__ for rule in ReadingRule.__subclasses__())


@pytest.mark.parametrize("name", [*RULE_NAMES, *READING_NAMES])
def test_every_rule_has_its_french_and_its_remedy(name: str) -> None:
    assert name in RULES, f"add the French of {name} to admin/french"
    message, remedy = RULES[name]
    assert message.endswith(".")
    assert remedy.endswith(".")


def test_the_french_names_no_rule_that_is_gone() -> None:
    made_apart = {"LaterValueStays", "NothingToWithdraw", "UnknownLegalAct"}
    assert set(RULES) - set(RULE_NAMES) - set(READING_NAMES) == made_apart


def details() -> list[str]:
    """What the source writes after a broken rule."""
    found = set()
    for tree in modules("catalog"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                found |= {template(word.value) for word in node.keywords if word.arg == "detail"}
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "detail":
                found.add(template(node.value))
    return sorted(text for text in found if text and re.search("[a-z]", text))


@pytest.mark.parametrize("text", details())
def test_every_detail_of_the_source_has_its_french(text: str) -> None:
    assert DETAILS.tell(text.replace("{}", "X7")) is not None, f"add the French of {text!r} to admin/french/details.py"


def broken(rule: type[Rule], detail: str) -> Violation:
    message = f"{rule.message()} {detail}".strip()
    return Violation(rule.__name__, Severity.WARNING, message, rule.remedy)


def rule_named(name: str) -> type[Rule]:
    return next(type(rule) for rule in rules_of_registry() if type(rule).__name__ == name)


def test_a_violation_tells_the_values_it_found() -> None:
    violation = broken(rule_named("PriceJump"), "Before: 29.70 DH; now: 297.00 DH, a change of more than 50 %.")
    assert rule_sentence(violation) == (
        "Le prix public change d’un montant inhabituel. Avant\u00a0: 29,70 DH\u00a0; maintenant\u00a0: 297,00 DH, "
        "soit plus de 50\u00a0% de changement."
    )
    assert remedy_sentence(violation).startswith("Comparez le nouveau prix")


def test_a_violation_without_detail_is_its_rule_alone() -> None:
    assert rule_sentence(broken(rule_named("MalformedInpe"), "")) == "L’INPE n’a pas 9 chiffres."


def test_a_violation_of_a_file_tells_its_cell() -> None:
    violation = DoubtfulCell.broken(4, "B4 holds a formula. Paste plain values.")
    assert rule_sentence(violation) == (
        "La cellule ne contient pas une simple valeur. B4 contient une formule. Collez les valeurs seules."
    )


def test_a_violation_made_apart_tells_its_own_sentence() -> None:
    message = "PPV is missing: the entry is new, and the file does not give it."
    assert rule_sentence(Violation("MissingField", Severity.ERROR, message, "")) == (
        "PPV manque\u00a0: la fiche est nouvelle, et le fichier ne le donne pas."
    )
