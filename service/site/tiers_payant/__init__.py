"""The check a pharmacy makes before it is paid by a payer, and the payers' lists."""

from __future__ import annotations

from service.site.tiers_payant.pages import room as room
