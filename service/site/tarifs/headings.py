"""Chapters of the NGAP and headings of the CCAM at a moment, with how many acts stand below each."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from catalog.releases.telling import Told
from catalog.snapshots.reading import Version
from service.site.visits import Visit

NOWHERE = "sans"
"""Stands in an address for acts that name no chapter, or no heading that is in force."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The tree of a day. ``whole`` is the entry that stands for the tree itself, where there is one."""

    children: dict[str | None, list[Version]]
    acts: dict[str, list[Version]]
    whole: str | None

    @property
    def top(self) -> list[Told]:
        return self.below(self.whole)

    @property
    def nowhere(self) -> int:
        return len(self.acts_of(NOWHERE))

    def acts_of(self, code: str) -> list[Version]:
        return self.acts.get(code, [])

    def below(self, code: str | None) -> list[Told]:
        """The headings right below one, with the acts below each at any depth."""
        return [
            {"code": node.code, "libelle": node.payload["libelle"], "count": self._count(node.code, set())}
            for node in self.children.get(code, [])
        ]

    def _count(self, code: str, seen: set[str]) -> int:
        """A tree that turned round would be counted once."""
        if code in seen:
            return 0
        seen.add(code)
        return len(self.acts_of(code)) + sum(self._count(node.code, seen) for node in self.children.get(code, ()))


def read_headings(visit: Visit) -> Headings:
    """The headings and acts of the CCAM in force."""
    nodes = {node.code: node for node in visit.snapshot.in_force("noeud_ccam", visit.moment)}
    children: dict[str | None, list[Version]] = defaultdict(list)
    for node in nodes.values():
        parent = node.payload["parent"]
        children[parent if parent in nodes else None].append(node)
    for siblings in children.values():
        siblings.sort(key=lambda node: (node.payload["strate"] or "", node.code))
    acts: dict[str, list[Version]] = defaultdict(list)
    for act in visit.snapshot.in_force("acte_ccam", visit.moment):
        heading = act.payload["noeud"]
        acts[heading if heading in nodes else NOWHERE].append(act)
    roots = children.get(None, [])
    is_whole = len(roots) == 1 and roots[0].payload["niveau"] is None
    return Headings(dict(children), dict(acts), roots[0].code if is_whole else None)


def chapters(visit: Visit) -> list[tuple[str, int]]:
    """The chapters of the NGAP in alphabetical order with their acts in force; those of no chapter last."""
    found = Counter(
        version.payload["chapitre"] or NOWHERE for version in visit.snapshot.in_force("acte_ngap", visit.moment)
    )
    return sorted(found.items(), key=lambda item: (item[0] == NOWHERE, item[0]))
