"""Around a medicine: its opinions, its generic group, its codes, the lists that name it."""

from __future__ import annotations

from collections.abc import Iterator

from admin.entries.cells import presentation_text
from admin.entries.sections import Around, Item, Section, amount, day, period_text
from admin.entries.tables import table_of
from admin.entries.values import write_amount
from catalog.conventions.tiers_payant import organismes_listing
from catalog.gmr.codes import has_valid_check_digit, is_internal
from catalog.gmr.indexes import gtins_by_presentation, substances
from catalog.gmr.opinions import given_on, level, opinions_on
from catalog.gmr.outlook import closest_base, in_group
from catalog.snapshots.reading import Version

MEMBERS = ("Code", "Médicament", "Type", "PPV", "PH", "PBR")


def around_medicament(around: Around) -> Iterator[Section]:
    """Warnings first; then what the law says of the presentation elsewhere than in its own fields."""
    version = around.version
    if version is None:
        yield _codes(around)
        return
    yield from _warnings(around, version)
    yield _opinions(around, version)
    yield _group(around, version)
    yield _tiers_payant(around, version)
    yield _substances(around, version)
    yield _codes(around)


def around_group(around: Around) -> Iterator[Section]:
    """The presentations of a generic group."""
    yield _members(around, around.code, None)


def _warnings(around: Around, version: Version) -> Iterator[Section]:
    if not is_internal(version.code) and not has_valid_check_digit(version.code):
        yield Section("Code à vérifier", note="La clé de ce code est fausse ; la liste officielle l’imprime ainsi.")
    expected, published = closest_base(around.snapshot, version, around.moment), version.payload["pbr"]
    if expected is not None and published not in (None, expected):
        note = (
            f"La base publiée est de {write_amount(published)} DH ; le générique le plus proche de son groupe donne "
            f"{write_amount(expected)} DH. La valeur publiée fait foi."
        )
        yield Section("Base de remboursement à vérifier", note=note)


def _opinions(around: Around, version: Version) -> Section:
    opinions = opinions_on(around.snapshot, version, around.moment)
    smr, asmr = (level(around.snapshot, opinions, name, around.moment) for name in ("smr", "asmr"))
    rows = [
        [
            around.entry("avis", opinion.code),
            day(given_on(opinion)),
            around.value(opinion, "type_demande"),
            around.value(opinion, "decision"),
            around.value(opinion, "smr"),
            around.value(opinion, "asmr"),
            around.value(opinion, "indication"),
        ]
        for opinion in opinions
    ]
    told = (
        f"SMR retenu : {smr or 'aucun'} ; ASMR retenue : {asmr or 'aucune'}." if rows else "Aucun avis ne le concerne."
    )
    return Section(
        "Avis (SMR, ASMR)", ("Avis", "Date", "Demande", "Décision", "SMR", "ASMR", "Indication"), rows, note=told
    )


def _group(around: Around, version: Version) -> Section:
    group = version.payload["groupe_generique"]
    if not group:
        return Section("Groupe générique", note="Aucun groupe n’a été tenu pour cette présentation.")
    return _members(around, group, version.code)


def _members(around: Around, group: str, own: str | None) -> Section:
    members = sorted(in_group(around.snapshot, group, around.moment), key=_cheapest)
    rows = [
        [
            Item(member.code, around.link("medicament", member.code), is_strong=member.code == own),
            Item(f"{member.payload['nom']} · {presentation_text(member.payload)}"),
            around.value(member, "princeps_generique"),
            amount(member.payload["ppv"]),
            amount(member.payload["ph"]),
            amount(member.payload["pbr"]),
        ]
        for member in members
    ]
    links = [around.entry("groupe_generique", group)] if own else []
    note = "" if rows else "Aucune présentation en vigueur ne le nomme."
    return Section("Groupe générique" if own else "Membres", MEMBERS, rows, frozenset({3, 4, 5}), note, links)


def _cheapest(version: Version) -> tuple[bool, int, str]:
    ppv = version.payload["ppv"]
    return (ppv is None, ppv or 0, version.code)


def _tiers_payant(around: Around, version: Version) -> Section:
    listing = organismes_listing(around.snapshot, version.code, around.moment)
    note = f"Inscrit sur la liste de : {', '.join(name.upper() for name in listing)}." if listing else ""
    return Section("Tiers payant", note=note or "Sur la liste d’aucun organisme à cette date.")


def _substances(around: Around, version: Version) -> Section:
    dci = version.payload["dci"]
    found = table_of(around.snapshot, around.snapshot.kinds.find("substance"), around.moment).versions if dci else ()
    rows = [
        [
            around.entry("substance", each.code),
            around.value(each, "inscrite"),
            around.value(each, "liste"),
            around.value(each, "legal_act"),
        ]
        for each in found
        if substances(each.payload["dci"]) == substances(dci)
    ]
    note = "" if rows else "Aucune substance inscrite n’a cette DCI."
    return Section("Substances inscrites", ("Substance", "Inscrite", "Liste", "Acte"), rows, note=note)


def _codes(around: Around) -> Section:
    known = gtins_by_presentation(around.snapshot, around.moment.release).get(around.code, ())
    rows = [
        [around.entry("gtin", each.code), Item(period_text(each.period)), around.value(each, "remarque")]
        for each in known
    ]
    note = "" if rows else "Aucun autre code que le sien."
    return Section("Codes de la présentation", ("Code", "Période", "Remarque"), rows, note=note)
