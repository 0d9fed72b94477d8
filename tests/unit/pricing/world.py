"""A small world of tariffs, on round days, for what the bundled pack has no fact about."""

from __future__ import annotations

from datetime import date
from typing import Any

from catalog.releases.changes import Change
from catalog.temporal import DUSK
from tests.unit.pricing.shelf import act, change

START = date(2010, 1, 1)
BOX, ACTE, CCAM, DEVICE = "6118000100058", "D708", "HBJD001", "VALVE"
CONVENTION = "medecins-2010"


def rate(prestation: str, taux: str, start: date = START, end: date = DUSK, **case: Any) -> Change:
    """A rate of cnops for ambulatory patients, unless said otherwise."""
    fields = {
        "organisme": "cnops", "regime": "AMO", "mode": "ambulatoire", "situation": "NORMALE", "assiette": "TNR",
    } | case  # fmt: skip
    names = ("organisme", "regime", "prestation", "mode", "secteur", "situation")
    fields |= {"prestation": prestation}
    code = ":".join(fields.get(name) or "*" for name in names)
    return change("taux", code, start, end, taux=taux, **fields)


def medicament(ppv: str | None = "100.00", start: date = START, end: date = DUSK, **fields: Any) -> Change:
    """A medicine admitted to reimbursement; its base is its price."""
    given = {"nom": "DOLIPRANE", "ppv": ppv, "pbr": ppv, "admis_remboursement": True} | fields
    code = given.pop("code", BOX)
    return change("medicament", code, start, end, **{name: value for name, value in given.items() if value is not None})


def lettre(valeur: str, start: date = START, end: date = DUSK, *, name: str = "K", **fields: Any) -> Change:
    """The value of a letter under the convention, in private practice."""
    code = f"{name}.{fields['variante']}:{CONVENTION}" if "variante" in fields else f"{name}:{CONVENTION}"
    given = {"lettre": name, "convention": CONVENTION, "secteur": "prive", "valeur": valeur} | fields
    return change("lettre_cle", code, start, end, **given)


def forfait(montant: str, name: str = "SEANCE_DIALYSE", start: date = START, end: date = DUSK, **fields: Any) -> Change:
    given = {
        "forfait": name, "libelle": name, "convention": CONVENTION, "secteur": "prive", "montant": montant,
        "unite": "SEANCE",
    } | fields  # fmt: skip
    return change("forfait", f"{name}:{CONVENTION}", start, end, **given)


def acte(code: str = ACTE, **fields: Any) -> Change:
    """An act paid K 50, unless said otherwise; None leaves a field out."""
    given = {"libelle": code, "mode": "LETTRE_COEFFICIENT", "lettre": "K", "coefficient": "50"} | fields
    return change("acte_ngap", code, START, **{name: value for name, value in given.items() if value is not None})


def device(forfait: str | None = "500.00", **fields: Any) -> Change:
    given = {"libelle": "Valve", **({"forfait": forfait} if forfait else {}), **fields}
    return change("dispositif", DEVICE, START, **given)


def rule(regle: str, start: date = START, end: date = DUSK, **fields: Any) -> Change:
    """A decision of cnops."""
    given = {"organisme": "cnops", "regle": regle, "rang": 3, "libelle": f"Décision {regle}"} | fields
    return change("regle_organisme", f"cnops-{regle.lower().replace('_', '-')}", start, end, **given)


def world() -> list[Change]:
    """One of everything, in force since 2010: K at 10.00, AMO at 70 %, all for cnops in private practice."""
    return [
        act(),
        change("convention", CONVENTION, START, libelle="Convention", secteur="prive", profession="medecins"),
        rate("MEDICAMENT", "0.70", assiette="PBR"),
        rate("ACTE", "0.70"),
        rate("FORFAIT", "0.70"),
        rate("FORFAIT", "0.90", mode="hospitalisation"),
        rate("DISPOSITIF", "1.00", assiette="FORFAIT"),
        medicament(),
        lettre("10.00"),
        acte(),
        forfait("800.00"),
        device(),
    ]
