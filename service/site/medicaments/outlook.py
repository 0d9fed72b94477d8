"""What is to come for a presentation, and what is odd about it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalog.fields import MoneyField, RateField
from catalog.gmr.outlook import closest_base
from catalog.money import format_dirhams
from catalog.releases.telling import Told
from catalog.snapshots.reading import Version
from service.site.languages import gettext as _
from service.site.languages import write_dirhams, write_rate
from service.site.versions.words import field_label, value_name
from service.site.visits import Visit


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that changes, and its values as they are read."""

    label: str
    before: str
    after: str


def tell_changes(visit: Visit, changes: list[Told]) -> list[Changed]:
    """The changes of a version to come, field by field."""
    fields = visit.snapshot.kinds.find("medicament").fields
    return [
        Changed(
            field_label(fields[name]),
            _value(fields[name], name, one["before"]),
            _value(fields[name], name, one["after"]),
        )
        for one in changes
        if (name := one["field"])
    ]


def _value(field: Any, name: str, value: Any) -> str:
    if value is None:
        return _("aucun")
    if isinstance(field, MoneyField):
        return write_dirhams(value)
    if isinstance(field, RateField):
        return write_rate(value)
    return " / ".join(map(str, value)) if isinstance(value, list) else value_name(name, value)


def tell_warnings(visit: Visit, version: Version, warnings: list[Told]) -> list[str]:
    """What a reader should be warned of; nothing was corrected."""
    told = {
        "CHECK_DIGIT_IS_WRONG": _("La clé de contrôle de ce code est fausse ; la liste officielle l’imprime ainsi."),
        "PBR_IS_NOT_THE_CLOSEST_GENERIC": _closest(visit, version),
    }
    return [told.get(str(each["code"]), str(each["message"])) for each in warnings]


def _closest(visit: Visit, version: Version) -> str:
    expected, published = closest_base(visit.snapshot, version, visit.moment), version.payload["pbr"]
    if expected is None or published is None:
        return ""
    told = _(
        "La base publiée est %(published)s ; le générique le plus proche de son groupe donnerait %(expected)s. "
        "La base publiée fait foi."
    )
    return told % {
        "published": write_dirhams(format_dirhams(published)),
        "expected": write_dirhams(format_dirhams(expected)),
    }
