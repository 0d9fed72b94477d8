"""The pages: which poster to print, each poster, and the same as PDF."""

from __future__ import annotations

from flask import Response, render_template

from service.answers import keep
from service.site.affiches.choice import offered
from service.site.affiches.medicines import draw_medicines
from service.site.affiches.poster import Poster, file_name
from service.site.affiches.printing import PrinterBusyError, PrinterMissingError, press, tag_of
from service.site.affiches.tariffs import draw_tariffs
from service.site.languages import gettext as _
from service.site.refusals import Refusal
from service.site.rooms import REFRESHED, Answered, PageRoom, Shown, refuse
from service.site.visits import Visit

room = PageRoom()
PDF_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Browsers show a PDF in a page of their own, whose styles the policy of the answer must allow."""
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
"""What Debian calls what the printing needs."""


@room.page("/affiches")
def affiches(visit: Visit) -> Shown:
    """The posters there are, by profession."""
    return Shown("affiches.html", offered(visit))


@room.page("/affiches/tiers-payant/<organisme>.pdf")
def affiche_tiers_payant_pdf(visit: Visit, organisme: str) -> Answered:
    """A pharmacy's poster as PDF."""
    page = visit.link("affiche_tiers_payant", organisme=organisme)
    return _pdf(visit, draw_medicines(visit, organisme), page)


@room.page("/affiches/tiers-payant/<organisme>")
def affiche_tiers_payant(visit: Visit, organisme: str) -> Answered:
    """A pharmacy's poster as a page to print."""
    paper = visit.link("affiche_tiers_payant_pdf", organisme=organisme)
    return _page(visit, draw_medicines(visit, organisme), paper)


@room.page("/affiches/<path:code>.pdf")
def affiche_pdf(visit: Visit, code: str) -> Answered:
    """The poster of a convention as PDF."""
    return _pdf(visit, draw_tariffs(visit, code), visit.link("affiche", code=code))


@room.page("/affiches/<path:code>")
def affiche(visit: Visit, code: str) -> Answered:
    """The poster of a convention as a page to print."""
    return _page(visit, draw_tariffs(visit, code), visit.link("affiche_pdf", code=code))


def _page(visit: Visit, poster: Poster | Refusal, paper: str) -> Answered:
    if isinstance(poster, Refusal):
        return refuse(visit, poster)
    return Shown("affiche.html", {"poster": poster, "paper": paper})


def _pdf(visit: Visit, poster: Poster | Refusal, page: str) -> Answered:
    """The document, or a page that says why there is none and where the poster can be printed from."""
    if visit.faults:
        told = _("La date ou la version de cette adresse ne se lit pas.")
        return refuse(visit, Refusal(400, _("Demande illisible"), told))
    if isinstance(poster, Refusal):
        return refuse(visit, poster)
    html = render_template("site/affiche_papier.html", poster=poster)
    try:
        return _document(visit, poster, html)
    except PrinterMissingError:
        return Shown("affiche_sans_pdf.html", {"poster": poster, "page": page, "packages": PACKAGES}, 501)
    except PrinterBusyError:
        told = _("Trop d’affiches sont demandées à la fois. Réessayez dans quelques instants.")
        answer = refuse(visit, Refusal(503, _("Indisponible pour le moment"), told))
        answer.headers["Retry-After"] = "30"
        return answer


def _document(visit: Visit, poster: Poster, html: str) -> Response:
    tag = tag_of(html)
    answer = keep(Response(content_type="application/pdf"), tag, REFRESHED)
    answer.headers["Content-Security-Policy"] = PDF_POLICY
    if answer.status_code == 304:
        return answer
    answer.set_data(press().find(html, tag))
    answer.headers["Content-Disposition"] = f'inline; filename="{file_name(visit, poster.name)}"'
    return answer
