"""OpenFisca's web API over a tiny country package: a parameter of dated values a medicine, and a variable over one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.http_load import Question
from benchmarks.serving import HOST
from catalog.snapshots.reading import Version
from catalog.temporal import DUSK

PACKAGE = "openfisca_medicaments"
CALCULATIONS = 200
SYSTEM = '''"""Prices of medicines as parameters."""

import os

from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Person = build_entity(key="person", plural="persons", label="A person", is_person=True)
Household = build_entity(
    key="household", plural="households", label="A household",
    roles=[{"key": "member", "plural": "members", "label": "Members"}],
)


class quantite(Variable):
    value_type = float
    entity = Person
    definition_period = DateUnit.MONTH


class montant(Variable):
    value_type = float
    entity = Person
    definition_period = DateUnit.MONTH

    def formula(person, period, parameters):
        return person("quantite", period) * parameters(period).ppv.@CODE@


class CountryTaxBenefitSystem(TaxBenefitSystem):
    def __init__(self):
        super().__init__([Person, Household])
        self.load_parameters(os.path.join(os.path.dirname(__file__), "parameters"))
        self.add_variables(quantite, montant)
'''


def write_package(folder: Path, versions: Sequence[Version]) -> set[str]:
    """The package; the codes that have a public price."""
    place = folder / PACKAGE
    (place / "parameters").mkdir(parents=True)
    dated: dict[str, dict[str, dict[str, float | None]]] = {}
    for version in sorted(versions, key=lambda one: one.period.start):
        if version.payload["ppv"] is None:
            continue
        values = dated.setdefault(version.code, {})
        values[max(version.period.start, date(1000, 1, 1)).isoformat()] = {"value": version.payload["ppv"] / 100}
        if version.period.end < DUSK:
            values[version.period.end.isoformat()] = {"value": None}
    nodes = {f"c{code}": {"description": code, "values": values} for code, values in dated.items()}
    # JSON is YAML too.
    (place / "parameters" / "ppv.yaml").write_text(json.dumps({"description": "PPV", **nodes}), encoding="utf-8")
    (place / "__init__.py").write_text(SYSTEM.replace("@CODE@", f"c{min(dated)}"), encoding="utf-8")
    return set(dated)


def parameters(pairs: Sequence[tuple[str, date]]) -> list[Question]:
    """All the dated values of a medicine: it has no address for those of one day."""
    return [Question(f"/parameter/ppv/c{code}") for code, _ in pairs]


def calculations(folder: Path, pairs: Sequence[tuple[str, date]]) -> list[Question]:
    """What some boxes of one medicine cost in a random month."""
    made = []
    for number, (_, day) in enumerate(pairs[:CALCULATIONS]):
        month = f"{day:%Y-%m}"
        person = {"quantite": {month: number % 5 + 1}, "montant": {month: None}}
        body = folder / f"calculate-{number}.json"
        asked = {"persons": {"one": person}, "households": {"all": {"members": ["one"]}}}
        body.write_text(json.dumps(asked), encoding="ascii")
        made.append(Question("/calculate", "POST", {"Content-Type": "application/json"}, body))
    return made


def options(port: int) -> list[str]:
    return ["serve", "--country-package", PACKAGE, "--bind", f"{HOST}:{port}", "--workers", "1", "--timeout", "60"]
