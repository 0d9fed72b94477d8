"""How a page is made: a view says what it shows; everything else (language, clocks, refusals, tags) is done here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from catalog.errors import CatalogError
from service.answers import NEVER, digest, keep
from service.clock import Clock
from service.request_log import PRIVATE
from service.security import PAGE_POLICY
from service.site.languages import other
from service.site.refusals import Refusal, refusal_of
from service.site.visits import Visit, absolute, link_to, read_visit, shown
from service.state import ServedCatalogue

REFRESHED = "public, max-age=0, must-revalidate"
"""A page is asked for again each time, and comes back as a 304 when it has not changed."""


@dataclass(frozen=True)
class Shown:
    """What a view shows: a template below ``site/`` with what it needs; ``headers`` add to those of every page."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Answered = Shown | AnyResponse
View = Callable[..., Answered]


@dataclass(frozen=True)
class PageRoom:
    """The pages of one area. ``page`` adds one, by its rule below the language's prefix and the name of its view."""

    pages: list[tuple[str, View]] = field(default_factory=list)

    def page(self, rule: str) -> Callable[[View], View]:
        def add(view: View) -> View:
            self.pages.append((rule, view))
            return view

        return add

    def open_in(self, blueprint: Blueprint, catalogue: ServedCatalogue, clock: Clock) -> None:
        for rule, view in self.pages:
            name = view.__name__
            blueprint.add_url_rule(rule, name, _answering(view, catalogue, clock))


def _answering(view: View, catalogue: ServedCatalogue, clock: Clock) -> Callable[..., AnyResponse]:
    def answer(**path: str) -> AnyResponse:
        visit = read_visit(catalogue, clock)
        try:
            answered = view(visit, **path)
        except CatalogError as error:
            return refuse(visit, refusal_of(error))
        return answered if isinstance(answered, AnyResponse) else show(visit, answered)

    return answer


def show(visit: Visit, page: Shown) -> Response:
    """The page, tagged; a clock that could not be read makes it a 400 that is not kept."""
    status = 400 if visit.faults and page.status == 200 else page.status
    body = render_template(f"site/{page.template}", visit=visit, link_to=visit.link, **_head(visit), **page.context)
    response = Response(body, status, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    response.headers.update(page.headers)
    if status == 200:
        return keep(response, digest(body), REFRESHED)
    response.headers["Cache-Control"] = NEVER
    return response


def refuse(visit: Visit | None, refusal: Refusal) -> Response:
    """A refusal in the language of the visit, with what may help; no visit where there is no catalogue to read."""

    def plain_link(page: str, **values: Any) -> str:
        return link_to(page, {}, **values)

    linked = visit.link if visit else plain_link
    head = _head(visit) if visit else {"canonical": None, "elsewhere": None}
    body = render_template("site/refus.html", visit=visit, link_to=linked, refusal=refusal, **head)
    response = Response(body, refusal.status, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    response.headers["Cache-Control"] = NEVER
    return response


def moved(visit: Visit, page: str, **values: Any) -> AnyResponse:
    """Leads to another page of the site, at the same clocks."""
    return redirect(visit.link(page, **values), 302)


def asked_values() -> dict[str, str]:
    """The parameters another address may take up: neither what is private, nor what ``url_for`` keeps for itself."""
    kept = (name for name in request.args if name.isidentifier() and name not in PRIVATE | {"endpoint"})
    return {name: shown(request.args[name]) for name in kept if not name.startswith("_")}


def _head(visit: Visit) -> dict[str, Any]:
    """Where the page is at home: its address without clocks, and the same page in the other language."""
    if request.endpoint is None or request.blueprint not in ("site", "site_ar"):
        return {"canonical": None, "elsewhere": None}
    page, path = request.endpoint.rpartition(".")[2], request.view_args or {}
    elsewhere = url_for(f"{other().blueprint}.{page}", **{**asked_values(), **path})
    return {"canonical": link_to(page, {}, _external=True, **path), "elsewhere": elsewhere, "absolute": absolute}
