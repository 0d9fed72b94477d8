"""The pages of acts, devices, conventions, key letters and forfaits."""

from __future__ import annotations

from service.site.rooms import PageRoom
from service.site.tarifs import acte_ccam, acte_ngap, actes, conventions, dispositifs, forfaits, lettres

AREAS = (actes, acte_ngap, acte_ccam, dispositifs, conventions, lettres, forfaits)

room = PageRoom([page for area in AREAS for page in area.room.pages])
