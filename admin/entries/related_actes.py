"""Around an act: its mappings both ways, and what it is paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from admin.entries.sections import Around, Item, Section, amount
from catalog.conventions.lookups import lettres_cles
from catalog.ngap_ccam.lookups import (
    ActeNgap,
    Correspondance,
    Refusal,
    acte_ngap,
    ccam_path,
    correspondances_ccam,
    correspondances_ngap,
    price_target,
)
from catalog.ngap_ccam.schemas import STATUTS
from catalog.pricing.lettres import BY_FORFAIT, FLAT, Rating

REFUSALS = {
    Refusal.NO_MAPPING: "Aucune correspondance validée ne mène de cet acte CCAM à un acte NGAP.",
    Refusal.NOT_EQUIVALENT: "Ses correspondances validées ne sont pas des équivalences, qui seules portent un prix.",
    Refusal.SEVERAL: "Plusieurs actes NGAP lui sont déclarés équivalents : en choisir un serait deviner.",
}
MAPPINGS = ("Correspondance", "Acte NGAP", "Acte CCAM", "Activité", "Phase", "Relation", "Statut")
TARIFFS = ("Lettre clé", "Secteur", "Organisme", "Convention", "Valeur de la lettre", "Tarif")


def around_ngap(around: Around) -> Iterator[Section]:
    """The tariff of an NGAP act in each sector, and its mappings at whatever stage."""
    found = acte_ngap(around.snapshot, around.code, around.moment)
    if found is not None:
        yield _tariffs(around, found)
    mappings = correspondances_ngap(around.snapshot, around.code, around.moment, statuts=STATUTS)
    yield _mappings(around, "Correspondances vers la CCAM", mappings)


def around_ccam(around: Around) -> Iterator[Section]:
    """The NGAP act that prices a CCAM act, its mappings, and its place in the tree."""
    if around.version is not None:
        yield _priced_through(around)
    mappings = correspondances_ccam(around.snapshot, around.code, around.moment, statuts=STATUTS)
    yield _mappings(around, "Correspondances depuis la NGAP", mappings)
    yield _path(around)


def around_node(around: Around) -> Iterator[Section]:
    """Where a heading stands, and what stands under it."""
    yield _path(around)
    links = (
        Item("Rubriques sous celle-ci", around.list_of("noeud_ccam", parent=around.code)),
        Item("Actes sous celle-ci", around.list_of("acte_ccam", noeud=around.code)),
    )
    yield Section("Sous cette rubrique", links=links)


def _mappings(around: Around, title: str, mappings: Iterable[Correspondance]) -> Section:
    rows = [
        [
            around.entry("correspondance", each.version.code),
            Item(
                f"{each.acte_ngap.code} · {each.acte_ngap.payload['libelle']}",
                around.link("acte_ngap", each.acte_ngap.code),
            ),
            _target(around, each),
            around.value(each.version, "activite"),
            around.value(each.version, "phase"),
            around.value(each.version, "relation"),
            around.value(each.version, "statut"),
        ]
        for each in mappings
    ]
    return Section(title, MAPPINGS, rows, note="" if rows else "Aucune correspondance à cette date.")


def _target(around: Around, mapping: Correspondance) -> Item:
    acte = mapping.acte_ccam
    if acte is None:
        return Item(str(mapping.version.payload["motif"] or ""))
    return Item(f"{acte.code} · {acte.payload['libelle']}", around.link("acte_ccam", acte.code))


def _tariffs(around: Around, found: ActeNgap) -> Section:
    """Coefficient times the value of the letter; nothing is guessed where a text gives none."""
    if found.tarifant is None:
        return Section("Tarifs", note="Cet acte est tarifé par un autre, qui n’est pas en vigueur à cette date.")
    if found.mode == BY_FORFAIT:
        link = Item("Forfaits de cet acte", around.list_of("forfait", acte_source=found.tarifant.code))
        return Section("Tarifs", note="Cet acte est payé par un forfait de la convention.", links=(link,))
    if found.lettre is None or (found.mode != FLAT and found.coefficient is None):
        return Section(
            "Tarifs", note="Aucun texte ne donne sa cotation entière : il n’a pas de tarif, et n’en reçoit pas."
        )
    rating = Rating(found.lettre, None if found.mode == FLAT else found.coefficient, found.variante)
    rows = [
        [
            around.entry("lettre_cle", tarif.version.code),
            around.value(tarif.version, "secteur"),
            around.value(tarif.version, "organisme"),
            around.named("convention", tarif.convention.code),
            amount(tarif.value),
            amount(rating.price(tarif.value)),
        ]
        for tarif in lettres_cles(around.snapshot, around.moment, lettre=found.lettre)
        if tarif.version.payload["variante"] in (None, found.variante)
    ]
    through = [around.entry("acte_ngap", each.code) for each in found.assimilations]
    note = f"Cotation {rating}." if rows else f"Cotation {rating} : aucune valeur de la lettre n’est en vigueur."
    return Section("Tarifs", TARIFFS, rows, frozenset({4, 5}), note, through)


def _priced_through(around: Around) -> Section:
    target = price_target(around.snapshot, around.code, around.moment)
    if target.acte is None:
        return Section("Tarif", note=REFUSALS[target.refusal] if target.refusal else "")
    acte = target.acte.acte
    link = Item(f"{acte.code} · {acte.payload['libelle']}", around.link("acte_ngap", acte.code))
    return Section(
        "Tarif", note="La CCAM n’a pas de tarif : cet acte est payé comme l’acte NGAP équivalent.", links=(link,)
    )


def _path(around: Around) -> Section:
    path = ccam_path(around.snapshot, around.code, around.moment)
    links = [Item(f"{node.code} · {node.payload['libelle']}", around.link("noeud_ccam", node.code)) for node in path]
    return Section("Place dans l’arborescence", links=links, note="" if links else "En tête de l’arborescence.")
