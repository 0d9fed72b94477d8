"""The pages: the check, and the list of each payer."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for

from service.answers import NEVER
from service.site.languages import other
from service.site.rooms import PageRoom, Shown, show
from service.site.tiers_payant.asking import Check, only_pinned, read_check
from service.site.tiers_payant.lists import show_list
from service.site.tiers_payant.verdicts import judge
from service.site.tiers_payant.wording import payers
from service.site.visits import Visit

room = PageRoom()
CAMERA = {"Permissions-Policy": "camera=(self), geolocation=(), microphone=()"}
"""The one page that may look through the camera, at a code-barres and only when asked to."""


@room.page("/tiers-payant")
def tiers_payant(visit: Visit) -> Response:
    """The form, and beside it the answer once something is asked."""
    check, verdict, status = judge(visit, read_check(visit))
    context = {"check": check, "verdict": verdict, "payers": payers(), "elsewhere_told": _elsewhere(visit, check)}
    answer = show(visit, Shown("tiers_payant.html", context, status, CAMERA))
    if check.is_private:
        answer.headers["Cache-Control"] = NEVER
    return answer


@room.page("/tiers-payant/listes/<organisme>")
def liste_tiers_payant(visit: Visit, organisme: str) -> Shown:
    """The list in force for a payer, page by page."""
    return show_list(visit, organisme)


def _elsewhere(visit: Visit, check: Check) -> str:
    """The same question in the other language, without what no link may carry."""
    values: dict[str, Any] = {**only_pinned(visit), **check.linked}
    return url_for(f"{other().blueprint}.tiers_payant", **values)
