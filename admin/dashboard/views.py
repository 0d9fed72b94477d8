"""The index of the console."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask_admin import Admin, expose
from flask_login import current_user

from admin.dashboard.figures import evolution_chart
from admin.dashboard.published import ages, effect_days, last_releases
from admin.dashboard.waiting import TASKS, mappings_to_validate, waiting_for
from admin.glossary import terme
from admin.room import Room, actor, may
from admin.workplace import workplace
from catalog.gmr.evolution import evolution


class Dashboard(Room):
    """What to do first, and how the catalogue stands."""

    icon = "home"

    def create_blueprint(self, admin: Admin) -> Blueprint:
        made = super().create_blueprint(admin)
        # Every page of the console may show a term of the glossary.
        made.add_app_template_global(terme, "terme")
        return made

    @expose("/")
    @may("read console")
    def index(self) -> Any:
        place = workplace()
        snapshot, today, roles = place.current(), place.today(), frozenset(current_user.held_roles)
        with place.reading() as session:
            waiting = waiting_for(session, actor(), roles, snapshot.head)
            mappings = mappings_to_validate(session, actor(), roles)
        counts = evolution(snapshot)
        return self.render(
            "console/dashboard/index.html",
            waiting=waiting,
            tasks=TASKS,
            mappings=mappings,
            newest=snapshot.releases[-1] if snapshot.releases else None,
            newest_on=snapshot.published_on(snapshot.head) if snapshot.releases else None,
            effects=effect_days(snapshot, today),
            releases=last_releases(snapshot),
            ages=ages(snapshot, today),
            counts=counts,
            chart=evolution_chart(counts, today),
            today=today,
        )
