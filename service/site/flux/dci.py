"""The feed of a DCI: each release that changed a medicine of it, which ones, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog.errors import UnknownCodeError
from catalog.kinds import Kind
from catalog.releases.diffing import EntryDiff, count, diff
from catalog.releases.telling import Voids, voids
from catalog.snapshots.content import ReleaseInfo
from catalog.snapshots.reading import Snapshot, Version
from service.site.flux.feed import NEWEST, Feed, Item, permanent
from service.site.flux.molecules import Molecule, molecules, read_slug
from service.site.flux.releases import beginning, count_sentence, pair, site_name, version_name
from service.site.flux.sentences import entry_sentences
from service.site.languages import gettext
from service.site.visits import Visit, link_to

MEDICAMENT = "medicament"


def find_molecule(visit: Visit, asked: str) -> Molecule:
    """Raises UnknownCodeError for a DCI that no medicine ever had."""
    found = molecules(visit.snapshot, visit.moment.release).get(read_slug(asked))
    if found is None:
        raise UnknownCodeError("DCI", asked)
    return found


def dci_feed(visit: Visit, about: Molecule, own: str, twin: str) -> Feed:
    """``own`` and ``twin`` are the views of the feed, in the format asked and in the other."""
    items = [_item(visit, about, info, entries) for info, entries in _changes(visit, about)]
    language = visit.language.code
    return Feed(
        ident=link_to("flux_dci_atom", {}, dci=about.slug, _external=True),
        title=gettext("%(dci)s : médicaments ajoutés, modifiés, retirés") % {"dci": about.name},
        subtitle=gettext("Chaque version publiée qui a changé un médicament de cette DCI : lesquels, et leurs prix."),
        author=site_name(),
        language=language,
        link=visit.link("recherche", q=about.name, _external=True),
        own=visit.link(own, dci=about.slug, _external=True),
        twin=visit.link(twin, dci=about.slug, _external=True),
        updated=items[0].updated if items else beginning(visit),
        items=items,
    )


def _changes(visit: Visit, about: Molecule) -> Iterator[tuple[ReleaseInfo, Sequence[EntryDiff]]]:
    """The newest releases that changed a presentation, with what they changed."""
    snapshot, release = visit.snapshot, visit.moment.release
    known = [version for code in sorted(about.codes) for version in snapshot.history(MEDICAMENT, code, release)]
    touching = {seq for version in known for seq in (version.rel_from, version.rel_to) if seq <= release}
    told = 0
    for seq in sorted(touching, reverse=True):
        entries = _between(snapshot, known, seq)
        if entries and told < NEWEST:
            told += 1
            yield snapshot.releases[seq - 1], entries


def _between(snapshot: Snapshot, known: Sequence[Version], seq: int) -> list[EntryDiff]:
    kind: Kind = snapshot.kinds.find(MEDICAMENT)
    return diff(kind, known, seq - 1, seq, snapshot.published_on)


def _item(visit: Visit, about: Molecule, info: ReleaseInfo, entries: Sequence[EntryDiff]) -> Item:
    kind = visit.snapshot.kinds.find(MEDICAMENT)
    acts: Voids = voids(visit.snapshot, kind, info.seq - 1, info.seq)
    clocks = {"de": info.seq - 1, "kind": kind.plural, "q": about.name.replace(" / ", " ")}
    return Item(
        ident=permanent("dci", visit.language.code, about.slug, info.chain_digest),
        title=pair(about.name, f"{count_sentence(count(entries))} ({version_name(info)})"),
        link=link_to("differences", {}, n=info.seq, **clocks, _external=True),
        updated=info.published_at,
        author=info.author,
        approver=info.approver,
        summary=f"{pair(version_name(info), info.title)}.",
        lines=[line for entry in entries for line in entry_sentences(kind, entry, acts)],
    )
