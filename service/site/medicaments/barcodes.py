"""The EAN-13 symbol of a code, as an SVG that needs no style."""

from __future__ import annotations

from itertools import groupby

from barcode.ean import EuropeanArticleNumber13

from catalog.gmr.codes import has_valid_check_digit, is_internal

QUIET = 11
"""Blank modules on the left, as GS1 asks; seven are enough on the right."""
WIDTH, HEIGHT, TALLER = 113, 62, 5
DIGITS = 13
BAR, GUARD, SPACE = "1", "G", "0"


def has_bars(code: str) -> bool:
    """Whether a code is a GTIN-13 that a scanner would read: its check digit is right."""
    return not is_internal(code) and len(code) == DIGITS and has_valid_check_digit(code)


def draw_bars(code: str) -> str | None:
    """The symbol with its figures below; None for a code that has none."""
    if not has_bars(code):
        return None
    bars = "".join(_bars(EuropeanArticleNumber13(code[:-1], guardbar=True).build()[0]))
    texts = "".join(_figures(x, text) for x, text in ((2, code[0]), (15, code[1:7]), (61, code[7:])))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT + TALLER + 6}">'
        f'<title>{code}</title><rect width="100%" height="100%" fill="#fff"/>'
        f'<path fill="#000" d="{bars}"/>{texts}</svg>'
    )


def _bars(modules: str) -> list[str]:
    """A rectangle for each run of dark modules; the guards go lower."""
    drawn, x = [], QUIET
    for module, run in groupby(modules):
        width = len(list(run))
        if module != SPACE:
            height = HEIGHT - 4 + (TALLER if module == GUARD else 0)
            drawn.append(f"M{x} 4h{width}v{height - 4}h-{width}z")
        x += width
    return drawn


def _figures(x: int, text: str) -> str:
    length = f' textLength="{7 * len(text) - 3}"' if len(text) > 1 else ""
    y = HEIGHT + TALLER
    return f'<text x="{x}" y="{y}" font-family="monospace" font-size="10"{length} fill="#000">{text}</text>'
