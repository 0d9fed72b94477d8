"""Files brought into drafts: received, judged row by row, corrected where needed, staged all or nothing."""

from __future__ import annotations

from admin.room import Room


def rooms() -> list[Room]:
    """The rooms of this folder, in the order of the menu."""
    # The child that judges a file imports this package, and needs no pages.
    from admin.imports.room import ImportsRoom

    return [ImportsRoom("Imports", "imports", "/admin/imports")]
