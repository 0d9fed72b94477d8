"""What any poster holds: who it is for, the version it is drawn from, its rows, their grounds, and its own address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import segno
from markupsafe import Markup

from catalog.releases.telling import Told, find_act
from catalog.temporal import day_in_morocco
from service.site.affiches.bilingual import Both, both, both_day
from service.site.languages import gettext
from service.site.languages import later as _
from service.site.refusals import Refusal
from service.site.visits import Visit

MOST_ROWS = 500
"""What one document may hold: more is no poster, and would take a machine's memory to lay out."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its heading; ``tone`` is how its cells are set."""

    head: Both
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a row under a column, or under ``span`` of them; ``note`` is added in small letters."""

    text: str
    ar: str = ""
    note: Both | None = None
    span: int = 1


@dataclass(frozen=True, slots=True)
class Ground:
    """A legal act the rows name by its number."""

    number: int
    act: Told
    title_ar: str
    dated: Both


@dataclass(frozen=True, slots=True)
class Poster:
    """A document of the tariffs in force on one day, as one release knew them."""

    name: str
    subject: Both
    lines: Sequence[Both]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    remarks: Sequence[Both]
    grounds: Sequence[Ground]
    version: Both
    address: str
    qr: Markup
    digest: str
    published_at: datetime

    @property
    def title(self) -> Both:
        return both(_("Affichage des tarifs"))

    @property
    def words(self) -> dict[str, Both]:
        """What the page says of itself below the rows."""
        return {
            "references": both(_("Références")),
            "check": both(_("Pour vérifier cette affiche, lisez ce code ou ouvrez :")),
            "digest": both(_("Empreinte de la version")),
            "scope": both(_("Seuls figurent les tarifs en vigueur à cette date.")),
        }


@dataclass
class Grounds:
    """Numbers the legal acts as rows name them."""

    visit: Visit
    numbered: dict[str, Ground] = field(default_factory=dict)

    def find(self, code: str) -> Ground:
        """An act with its number in this document, the next one where it is named for the first time."""
        if code not in self.numbered:
            self.numbered[code] = self._ground(code)
        return self.numbered[code]

    def _ground(self, code: str) -> Ground:
        told = self.visit.act_of(code)
        found = find_act(self.visit.snapshot, code, self.visit.moment)
        title_ar = str(found.payload["title_ar"] or "") if found else ""
        return Ground(len(self.numbered) + 1, told, title_ar, _published(told))


def version_line(visit: Visit) -> Both:
    """Which release this is, and the day it is read for. The visit must have a release."""
    assert visit.release is not None
    label = f" – {visit.release.label}" if visit.release.label else ""
    return both(
        _("Version %(number)s%(label)s du référentiel, publiée le %(published)s. Tarifs en vigueur le %(day)s."),
        number=visit.release.seq,
        label=label,
        published=both_day(day_in_morocco(visit.release.published_at)),
        day=both_day(visit.as_of),
    )


def file_name(visit: Visit, code: str) -> str:
    """``affiche-medecins-prive-2006-2026-11-22-version-14.pdf``."""
    return f"affiche-{code}-{visit.as_of.isoformat()}-version-{visit.moment.release}.pdf"


def draw_qr(address: str) -> Markup:
    """The address as a QR code, of squares alone: the policy of the pages forbids styles in attributes."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True)
    named = drawn.replace("<svg ", '<svg role="img" aria-label="QR" ', 1)
    return Markup(named)  # noqa: S704 - drawn here, of squares only


def too_long(rows: int) -> Refusal | None:
    """Why a poster of so many rows is not drawn, if it is not."""
    if rows <= MOST_ROWS:
        return None
    told = gettext(
        "Cette affiche aurait %(rows)s lignes ; une affiche en a au plus %(most)s. Utilisez les téléchargements."
    )
    return Refusal(422, gettext("Affiche trop longue"), told % {"rows": rows, "most": MOST_ROWS})


def _published(told: Told) -> Both:
    if told["bo_numero"] and told["published_on"]:
        return both(_("Bulletin officiel n° %(n)s du %(day)s"), n=told["bo_numero"], day=both_day(told["published_on"]))
    if told["bo_numero"]:
        return both(_("Bulletin officiel n° %(n)s"), n=told["bo_numero"])
    return both(_("Bulletin officiel non indiqué"))
