"""Refusals of a review in French."""

from __future__ import annotations

from admin.french import sentence
from catalog.errors import CatalogError


def said(error: CatalogError) -> str:
    """The sentence a reader of the console is told."""
    return sentence(error)
