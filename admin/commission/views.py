"""The room of the commission: its pages, each in the module of its subject."""

from __future__ import annotations

from admin.commission.costing import CostPages
from admin.commission.dossiers import DossierPages
from admin.commission.meetings import MeetingPages
from admin.commission.opinions import OpinionPages
from admin.commission.outcome import OutcomePages
from admin.commission.presentations import PresentationPages
from admin.room import Room


class CommissionRoom(DossierPages, PresentationPages, OpinionPages, CostPages, OutcomePages, MeetingPages, Room):
    """Dossiers of laboratories, from their reception to the version of the guide they end in."""

    icon = "commission"
