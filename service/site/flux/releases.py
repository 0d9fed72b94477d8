"""The feed of releases: each with its act and how much it changed."""

from __future__ import annotations

from datetime import UTC, datetime, time

from catalog.french import write_number
from catalog.releases.telling import Told
from catalog.snapshots.content import ReleaseInfo
from service.site.flux.feed import NEWEST, Feed, Item, permanent
from service.site.languages import gettext, ngettext
from service.site.versions.words import kind_name
from service.site.visits import Visit, link_to
from service.telling.differences import counts


def site_name() -> str:
    return gettext("Référentiel de l’AMO")


def beginning(visit: Visit) -> datetime:
    """When a feed without items says it was updated: the day on which there was still nothing to tell."""
    return datetime.combine(visit.today, time(), UTC)


def releases_feed(visit: Visit, own: str, twin: str) -> Feed:
    """Of the releases the visitor knows; ``own`` and ``twin`` are the views of the feed, as asked and otherwise."""
    known = visit.snapshot.releases[: visit.moment.release][::-1][:NEWEST]
    language = visit.language.code
    return Feed(
        ident=link_to("flux_versions_atom", {}, _external=True),
        title=gettext("Versions du référentiel de l’AMO"),
        subtitle=gettext("Chaque version publiée, avec son acte juridique et ce qu’elle a changé."),
        author=site_name(),
        language=language,
        link=visit.link("versions", _external=True),
        own=visit.link(own, _external=True),
        twin=visit.link(twin, _external=True),
        updated=known[0].published_at if known else beginning(visit),
        items=[_item(visit, info) for info in known],
    )


def _item(visit: Visit, info: ReleaseInfo) -> Item:
    told = counts(visit.snapshot, info.seq - 1, info.seq)
    act = visit.act_of(info.legal_act)
    return Item(
        ident=permanent("version", visit.language.code, info.chain_digest),
        title=pair(version_name(info), info.title),
        link=link_to("version", {}, n=info.seq, _external=True),
        updated=info.published_at,
        author=info.author,
        approver=info.approver,
        summary=f"{count_sentence(told['total'])}. {pair(gettext('Acte juridique'), act['title'] or info.legal_act)}.",
        lines=[pair(kind_name(name, plural=True), count_sentence(found)) for name, found in told["by_kind"].items()],
    )


def pair(name: str, value: str) -> str:
    """``name : value``, as the language writes its colon."""
    return gettext("%(name)s : %(value)s") % {"name": name, "value": value}


def version_name(info: ReleaseInfo) -> str:
    """``Version 4 (06-23)``."""
    told = gettext("Version %(n)s") % {"n": info.seq}
    return f"{told} ({info.label})" if info.label else told


def count_sentence(told: Told) -> str:
    """``3 ajouts, 1 modification``: what there is of each."""
    sorts = (
        (told["added"], ngettext("%(num)s ajout", "%(num)s ajouts", told["added"])),
        (told["changed"], ngettext("%(num)s modification", "%(num)s modifications", told["changed"])),
        (told["withdrawn"], ngettext("%(num)s retrait", "%(num)s retraits", told["withdrawn"])),
    )
    parts = [sentence % {"num": write_number(number)} for number, sentence in sorts if number]
    return gettext(", ").join(parts) or gettext("aucune différence")
