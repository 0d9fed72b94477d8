"""Counts of everything but medicines at a moment, kept with their snapshot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.conventions.acts import statut_on
from catalog.conventions.adherence import act_of
from catalog.conventions.codes import ORGANISMES
from catalog.conventions.tiers_payant import find_pharmacy_convention, list_in_force
from catalog.gmr.opinions import given_on
from catalog.snapshots.memory import remembering
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from service.site.chiffres_medicaments import Medicines, count_medicines

KINDS = ("acte_ngap", "acte_ccam", "dispositif", "groupe_generique", "substance")
KEPT = 32
"""Moments remembered for one snapshot; whoever asks for days at random pushes the oldest out."""

Table = Mapping[tuple[int, str | None], int]
"""How many opinions, by year and level; None where no level was given."""


@dataclass(frozen=True, slots=True)
class PayerList:
    """A payer's tiers-payant list: its entries, and how many presentations they name by code.

    ``is_applied`` says whether the payer applies a convention of the pharmacists that day.
    """

    organisme: str
    entries: int
    presentations: int
    is_applied: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Every count of a moment. ``conventions`` is by the status of the legal act, None where it is not known."""

    medicaments: Medicines
    kinds: Mapping[str, int]
    listes: Sequence[PayerList]
    conventions: Mapping[str | None, int]
    avis: Mapping[str, Table]

    @property
    def avis_total(self) -> int:
        return sum(self.avis["smr"].values())


@remembering(KEPT)
def figures(snapshot: Snapshot, moment: Moment) -> Figures:
    """The counts of a moment, made once a snapshot."""
    conventions = list(snapshot.in_force("convention", moment))
    return Figures(
        medicaments=count_medicines(snapshot, moment),
        kinds={kind: sum(1 for _ in snapshot.in_force(kind, moment)) for kind in KINDS},
        listes=[_listed(snapshot, organisme, moment) for organisme in ORGANISMES],
        conventions=Counter(statut_on(snapshot, act_of(one), moment) for one in conventions),
        avis={level: _by_year(snapshot, level, moment) for level in ("smr", "asmr")},
    )


def _listed(snapshot: Snapshot, organisme: str, moment: Moment) -> PayerList:
    entries = list_in_force(snapshot, organisme, moment)
    named = {entry.payload["medicament"] for entry in entries if entry.payload["medicament"]}
    in_force = sum(1 for code in named if snapshot.find("medicament", code, moment) is not None)
    is_applied = find_pharmacy_convention(snapshot, organisme, moment) is not None
    return PayerList(organisme, len(entries), in_force, is_applied)


def _by_year(snapshot: Snapshot, level: str, moment: Moment) -> Table:
    opinions = snapshot.in_force("avis", moment)
    return Counter((given_on(opinion).year, opinion.payload[level] or None) for opinion in opinions)
