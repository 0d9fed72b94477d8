"""The search of the public site: results, filters, listings of a kind, and entries that are out of force."""

from __future__ import annotations

from service.site.recherche.pages import room

__all__ = ["room"]
