"""A chart of the public site speaks the language of the page and fills the area under a line that stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask, get_template_attribute

from service.site.charts import BOTTOM, Chart, Series, Step, draw

JULY, JANUARY, TODAY = date(2014, 7, 1), date(2016, 1, 1), date(2026, 11, 22)
PRICES = [Step(JULY, JANUARY, 3720), Step(JANUARY, None, 2970)]


@pytest.fixture
def french(app: Flask) -> Iterator[Flask]:
    with app.test_request_context("/chiffres"):
        yield app


@pytest.fixture
def arabic(app: Flask) -> Iterator[Flask]:
    with app.test_request_context("/ar/chiffres"):
        yield app


def chart(*series: Series, title: str = "Prix") -> Chart:
    made = draw(series, ident="prix", title=title, until=TODAY, marked=JULY, write=lambda value: f"{value} c")
    assert made is not None
    return made


def drawn(made: Chart) -> str:
    return str(get_template_attribute("site/charts.html", "steps")(made))


def test_nothing_to_draw_is_no_chart(french: Flask) -> None:
    assert draw([Series("PPV", [])], ident="prix", title="Prix", until=TODAY, write=str) is None


def test_a_line_alone_has_its_area_down_to_zero(french: Flask) -> None:
    area = chart(Series("PPV", PRICES)).area
    assert area is not None
    assert area.startswith("M")
    assert f"V{BOTTOM}" in area
    assert area.endswith("Z")


def test_a_gap_is_not_filled(french: Flask) -> None:
    area = chart(Series("PPV", [Step(JULY, JANUARY, 30), Step(date(2020, 1, 1), None, 30)])).area
    assert area is not None
    assert area.count("Z") == 2


def test_two_lines_have_no_area(french: Flask) -> None:
    assert chart(Series("PPV", PRICES), Series("PBR", PRICES)).area is None


def test_the_summary_is_french_on_a_french_page(french: Flask) -> None:
    summary = chart(Series("PPV", PRICES)).layout.summary
    assert summary == "PPV : 2 valeurs, de 3720 c depuis le 1er juillet 2014 à 2970 c depuis le 1er janvier 2016."


def test_the_summary_the_days_and_the_mark_are_arabic_on_an_arabic_page(arabic: Flask) -> None:
    layout = chart(Series("PPV", PRICES)).layout
    assert layout.marked is not None
    assert "يوليوز 2014" in layout.summary
    assert layout.marked.text == "1 يوليوز 2014"
    assert "depuis" not in layout.summary


def test_the_axis_may_be_written_in_short(french: Flask) -> None:
    made = draw(
        [Series("PPV", PRICES)],
        ident="p",
        title="P",
        until=TODAY,
        write=lambda _: "long",
        write_level=lambda _: "court",
    )
    assert made is not None
    assert {tick.text for tick in made.layout.levels} == {"court"}
    assert "long" in made.layout.summary


def test_the_drawing_is_named_and_needs_no_style_nor_script(arabic: Flask) -> None:
    text = drawn(chart(Series("PPV", PRICES)))
    assert 'role="img" aria-labelledby="prix-titre prix-resume"' in text
    assert 'direction="ltr"' in text
    assert "style=" not in text
    assert "<script" not in text


def test_names_are_escaped(french: Flask) -> None:
    text = drawn(chart(Series("</svg><script>", PRICES), title="<b>"))
    assert "<script>" not in text
    assert "<b>" not in text
