"""The posters on paper: what the PDF says, that nothing is fetched to print it, and how much is printed at once."""

from __future__ import annotations

from io import BytesIO
from itertools import count
from threading import Event, Thread
from typing import Any
from urllib.request import OpenerDirector

import pypdf
import pytest
from flask.testing import FlaskClient

from service.site.affiches import printing
from service.site.affiches.printing import Press, PrinterBusyError, PrinterMissingError

DAY = "2017-01-10"
PINNED = f"?as_of={DAY}&release=17"


def test_the_pdf_says_on_a4_what_the_page_says_in_both_scripts(pack_client: FlaskClient) -> None:
    answer = pack_client.get(f"/affiches/dentistes-prive-2006.pdf{PINNED}")
    assert (answer.status_code, answer.content_type, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    read = pypdf.PdfReader(BytesIO(answer.data))
    assert [round(float(side)) for side in read.pages[0].mediabox[2:]] == [595, 842]
    text = "\n".join(page.extract_text() for page in read.pages)
    for told in ("Affichage des tarifs", "إشهار التعريفات", "أطباء الأسنان", "17,50", "13,00", "Page 1 / 1", "5448"):
        assert told in text
    assert f"/affiches/dentistes-prive-2006{PINNED}" in text.replace("\n", "")
    assert answer.headers["Content-Disposition"] == (
        f'inline; filename="affiche-dentistes-prive-2006-{DAY}-version-17.pdf"'
    )


def test_every_letter_of_the_pdf_has_a_glyph_in_an_embedded_font(pack_client: FlaskClient) -> None:
    read = pypdf.PdfReader(BytesIO(pack_client.get(f"/affiches/dentistes-prive-2006.pdf{PINNED}").data))
    fonts = [font.get_object() for font in read.pages[0]["/Resources"]["/Font"].values()]
    held = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert held and all({"/FontFile2", "/FontFile3"} & set(font) for font in held)


def test_the_same_pinned_poster_is_the_same_bytes(pack_client: FlaskClient) -> None:
    answer = pack_client.get(f"/affiches/biologistes-prive-2006.pdf{PINNED}")
    html = pack_client.get(f"/affiches/biologistes-prive-2006{PINNED}").text
    drawn = html.partition("<article")[2].partition("</article>")[0]
    assert printing.draw(f"<article{drawn}</article>") == printing.draw(f"<article{drawn}</article>")
    again = pack_client.get(
        f"/affiches/biologistes-prive-2006.pdf{PINNED}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    # It holds the address people use, which may change: a copy is asked about again.
    assert (again.status_code, again.data, "must-revalidate" in answer.headers["Cache-Control"]) == (304, b"", True)


@pytest.mark.parametrize(
    "told",
    [
        '<img src="http://example.org/x.png">', '<img src="file:///etc/hostname">', '<img src="data:,x">',
        '<link rel="stylesheet" href="https://example.org/a.css">', '<style>@import "file:///etc/hostname";</style>',
    ],
)  # fmt: skip
def test_nothing_is_fetched_to_print(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(OpenerDirector, "open", lambda self, asked, *args, **kwargs: opened.append(str(asked)))
    assert printing.draw(f"<p>a</p>{told}")[:5] == b"%PDF-"
    assert opened == []


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("error", [OSError("cannot load library 'libpango-1.0-0'"), ImportError("weasyprint")])
def test_without_the_libraries_the_page_says_what_to_install(
    pack_client: FlaskClient, monkeypatch: pytest.MonkeyPatch, prefix: str, error: Exception
) -> None:
    def missing(name: str) -> Any:
        raise error

    monkeypatch.setattr(printing, "import_module", missing)
    page = pack_client.get(f"{prefix}/affiches/medecins-prive-2006.pdf")
    assert (page.status_code, page.headers["Cache-Control"]) == (501, "no-store")
    assert "libpango-1.0-0" in page.text and f'href="{prefix}/affiches/medecins-prive-2006"' in page.text
    assert "لا يمكن لهذه الخدمة" in page.text if prefix else "ne peut pas composer de PDF" in page.text


def test_letters_without_a_font_are_no_poster() -> None:
    with pytest.raises(PrinterMissingError, match="notdef"):
        printing.draw("<p>\U00013000</p>")


class TestPress:
    def test_a_document_is_drawn_once_and_the_oldest_is_given_up(self) -> None:
        drawn = count()
        press = Press(lambda html: f"{html}-{next(drawn)}".encode(), kept=2)
        assert [press.find(html, html) for html in "abab"] == [b"a-0", b"b-1", b"a-0", b"b-1"]
        assert [press.find(html, html) for html in "ca"] == [b"c-2", b"a-3"]

    @pytest.mark.parametrize("full", [{"patience": 0.01}, {"places": 1}])
    def test_who_would_wait_too_long_is_asked_to_come_back(self, full: dict[str, Any]) -> None:
        begun, done = Event(), Event()

        def slow(html: str) -> bytes:
            begun.set()
            done.wait(5)
            return b"drawn"

        press = Press(slow, **full)
        other = Thread(target=press.find, args=("a", "a"))
        other.start()
        begun.wait(5)
        with pytest.raises(PrinterBusyError):
            press.find("b", "b")
        done.set()
        other.join()
        assert press.find("a", "a") == b"drawn"

    def test_a_failure_leaves_the_press_free(self) -> None:
        def failing(html: str) -> bytes:
            if html == "bad":
                raise PrinterMissingError
            return b"drawn"

        press = Press(failing, patience=0.01)
        with pytest.raises(PrinterMissingError):
            press.find("bad", "bad")
        assert press.find("good", "good") == b"drawn"


def test_a_busy_press_answers_503_and_when_to_come_back(
    pack_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(html: str, key: str) -> bytes:
        raise PrinterBusyError

    monkeypatch.setattr(printing.press(), "find", busy)
    answer = pack_client.get("/affiches/medecins-prive-2006.pdf")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
