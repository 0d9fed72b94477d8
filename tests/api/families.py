"""Acts, conventions, devices and lists of the small catalogue: one of everything that a route tells of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from catalog.registry import KINDS
from catalog.releases.changes import Change
from catalog.temporal import DAWN, DUSK, Period

TARIFFS, SIGNED = "arrete-tarifs-1", "convention-signee-1"
DOCTORS, DOCTORS_SIGNED, PHARMACISTS = "medecins-essai", "medecins-signee", "pharmaciens-essai"
NGAP, ASSIMILATED, CCAM, NO_CCAM = "D708", "ASD01", "HBJD001", "D510"
DEVICE = "VALVE-1"
LISTED = Period(date(2014, 6, 9))


def tariff(kind: str, code: str, act: str = TARIFFS, **told: Any) -> Change:
    return Change(kind, code, LISTED, KINDS.find(kind).load(code, told), act, source="grille", confidence="M")


def legal_act(code: str, title: str, **told: Any) -> Change:
    data = {"type": "convention", "title": title} | told
    payload = KINDS.find("acte_juridique").load(code, data)
    return Change("acte_juridique", code, Period(DAWN, DUSK), payload, code, source="grille", confidence="M")


def families(listed: str) -> Iterable[Change]:
    """The facts; ``listed`` is the presentation on the tiers-payant list."""
    yield legal_act(
        TARIFFS, "Grilles", type="arrete", statut="EN_VIGUEUR", signed_on="2014-06-01", effective_from="2014-06-09"
    )
    yield legal_act(SIGNED, "Convention signée", statut="SIGNE", signed_on="2014-06-02")
    yield from conventions(listed)
    yield from acts()


def conventions(listed: str) -> Iterable[Change]:
    yield tariff("convention", DOCTORS, libelle="Médecins", secteur="prive", profession="medecins", acte=TARIFFS)
    yield tariff("convention", PHARMACISTS, libelle="Pharmaciens", secteur="prive", profession="pharmaciens")
    signed = {"libelle": "Médecins, signée", "secteur": "prive", "profession": "medecins", "parent": DOCTORS}
    yield tariff("convention", DOCTORS_SIGNED, SIGNED, **signed)
    for payer, applied in (("cnops", "oui"), ("cnss", "non")):
        code = f"{PHARMACISTS}:{payer}"
        yield tariff("adherence_organisme", code, convention=PHARMACISTS, organisme=payer, applique=applied)
    yield tariff("lettre_cle", f"C:{DOCTORS}", lettre="C", convention=DOCTORS, secteur="prive", valeur="80.00")
    yield tariff("lettre_cle", f"D:{DOCTORS}", lettre="D", convention=DOCTORS, secteur="prive", valeur="17.50")
    signed_c = {"lettre": "C", "convention": DOCTORS_SIGNED, "secteur": "prive", "valeur": "150.00"}
    yield tariff("lettre_cle", f"C:{DOCTORS_SIGNED}", SIGNED, **signed_c)
    stay = {"forfait": "HOSPITALISATION_JOUR", "libelle": "Hospitalisation, par jour", "unite": "JOUR"}
    code = f"HOSPITALISATION_JOUR:{DOCTORS}"
    yield tariff("forfait", code, **stay, convention=DOCTORS, secteur="prive", montant="550.00")
    for prestation, assiette, taux in (("MEDICAMENT", "PBR", "0.70"), ("ACTE", "TNR", "0.80")):
        code = f"cnops:AMO:{prestation}:ambulatoire:*:NORMALE"
        case = {"organisme": "cnops", "regime": "AMO", "prestation": prestation, "mode": "ambulatoire"}
        yield tariff("taux", code, **case, situation="NORMALE", taux=taux, assiette=assiette)
    yield tariff(
        "liste_tiers_payant", f"cnops:{listed}", organisme="cnops", version="1", medicament=listed, nom="GLYAZID"
    )


def acts() -> Iterable[Change]:
    dental = {"mode": "LETTRE_COEFFICIENT", "lettre": "D"}
    yield tariff("acte_ngap", NGAP, libelle="Détartrage", coefficient="12", **dental)
    yield tariff("acte_ngap", NO_CCAM, libelle="Couronne", coefficient="40", **dental)
    yield tariff("acte_ngap", ASSIMILATED, libelle="Assimilé", mode="LETTRE_COEFFICIENT", assimile_a=NGAP)
    yield tariff("noeud_ccam", "000648", libelle="APPAREIL DIGESTIF", niveau=1, strate="07.00.00.00")
    yield tariff("acte_ccam", CCAM, libelle="Détartrage des dents", noeud="000648")
    validated = {"statut": "EXPERT_VALIDATED", "version_ngap": "2006", "version_ccam": "81"}
    decided = {"decide_par": "groupe d'experts", "decide_le": "2014-01-15", "preuve": "compte rendu"}
    target = {"acte_ccam": CCAM, "activite": "1", "phase": "0", "relation": "equivalent"}
    yield tariff("correspondance", f"{NGAP}>{CCAM}-1-0", acte_ngap=NGAP, **target, **validated, **decided)
    absent = {"relation": "no-map", "motif": "Aucun acte de même portée"}
    yield tariff("correspondance", f"{NO_CCAM}>AUCUN", acte_ngap=NO_CCAM, **absent, **validated, **decided)
    yield tariff("dispositif", DEVICE, libelle="Valve à double ailette", classe="III", forfait="17500.00")
