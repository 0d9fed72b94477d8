"""The symbol drawn for a code is read back as that code."""

from __future__ import annotations

import re

import pytest

from service.site.medicaments.barcodes import QUIET, draw_bars

LEFT_ODD = (
    "0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011",
)  # fmt: skip
"""The ten figures of GS1's number set A; sets B and C are drawn from it."""
PARITIES = ["AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"]
INVERTED = str.maketrans("01", "10")


def modules(svg: str) -> str:
    dark = set()
    for x, width in re.findall(r"M(\d+) 4h(\d+)v", svg):
        dark |= set(range(int(x), int(x) + int(width)))
    return "".join("1" if x in dark else "0" for x in range(QUIET, QUIET + 95))


def read_back(drawn: str) -> str:
    assert (drawn[:3], drawn[45:50], drawn[-3:]) == ("101", "01010", "101")
    left = [drawn[3 + 7 * place : 10 + 7 * place] for place in range(6)]
    right = [drawn[50 + 7 * place : 57 + 7 * place] for place in range(6)]
    sets = "".join("A" if part in LEFT_ODD else "B" for part in left)
    figures = [
        LEFT_ODD.index(part if kind == "A" else part[::-1].translate(INVERTED))
        for part, kind in zip(left, sets, strict=True)
    ]
    figures += [LEFT_ODD.index(part.translate(INVERTED)) for part in right]
    return str(PARITIES.index(sets)) + "".join(map(str, figures))


@pytest.mark.parametrize("code", ["6118000100058", "6118000190462", "4006381333931", "0012345678905"])
def test_the_bars_read_as_the_code(code: str) -> None:
    drawn = draw_bars(code)
    assert drawn is not None
    assert read_back(modules(drawn)) == code


@pytest.mark.parametrize("code", ["6118000100059", "AMO-0123456789", "16118000100055", "06118000100058"])
def test_other_codes_have_no_bars(code: str) -> None:
    assert draw_bars(code) is None
