"""Hands that leave the mouse alone: everything is reached with Tab and done with Enter, Space and typing."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

FARTHEST = 600
"""Stops before something counts as out of reach."""


def tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until the target has the focus, and sees that the focus shows."""
    expect(target).to_be_attached()
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            assert target.evaluate("element => getComputedStyle(element).outlineStyle !== 'none'"), (
                "the focus is invisible"
            )
            return
    raise AssertionError(f"out of the keyboard's reach: {target}")


def press(page: Page, target: Locator) -> None:
    """A link or a button."""
    tab_to(page, target)
    page.keyboard.press("Enter")


def fill(page: Page, label: str, text: str) -> None:
    """A field found by its label; what it held is replaced."""
    tab_to(page, page.get_by_label(label, exact=True).first)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def choose(page: Page, label: str, option: str) -> None:
    """An option of a list, by typing the beginning of its text."""
    field = page.get_by_label(label, exact=True).first
    tab_to(page, field)
    page.keyboard.type(option)
    expect(field.locator("option:checked")).to_have_text(option)


def pick_day(page: Page, label: str, day: str) -> None:
    """A day ``YYYY-MM-DD`` in a field for dates, typed part by part as this browser orders them (month, day, year)."""
    field = page.get_by_label(label, exact=True).first
    tab_to(page, field)
    year, month, number = day.split("-")
    page.keyboard.type(f"{month}{number}{year}")
    expect(field).to_have_value(day)


def hand_over(page: Page, label: str, path: Path) -> None:
    """A file, in the system's own dialogue."""
    tab_to(page, page.get_by_label(label))
    with page.expect_file_chooser() as chosen:
        # Enter belongs to the form in some versions of the browser.
        page.keyboard.press("Space")
    chosen.value.set_files(path)
