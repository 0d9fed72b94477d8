"""A page as a machine reads it: its elements, in order, with their attributes and text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Markup(HTMLParser):
    """Every element of a page; ``text`` is all that is inside an element, without what its attributes say."""

    html: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Element] = []
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A drawing has titles and links of its own.
        own = f"svg:{tag}" if any(one.tag == "svg" for one in self._open) else tag
        element = Element(own, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag.removeprefix("svg:") != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def find(self, tag: str, **attributes: str) -> Iterator[Element]:
        """Elements of a tag whose attributes are these; ``type_`` stands for ``type``."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        for element in self.elements:
            if element.tag == tag and wanted.items() <= element.attributes.items():
                yield element

    def one(self, tag: str, **attributes: str) -> Element:
        """The only element of its make; an AssertionError when there is none or more."""
        found = list(self.find(tag, **attributes))
        assert len(found) == 1, f"{len(found)} × <{tag}> {attributes}"
        return found[0]

    def meta(self, name: str) -> str:
        """What the head says under a name or a property of Open Graph."""
        key = "property" if name.startswith("og:") else "name"
        return self.one("meta", **{key: name}).attributes.get("content", "")


@dataclass
class Library:
    """Pages asked for once by many tests that only read them."""

    app: Flask
    _answers: dict[str, TestResponse] = field(default_factory=dict)
    _pages: dict[str, Markup] = field(default_factory=dict)

    def answer(self, address: str) -> TestResponse:
        if address not in self._answers:
            self._answers[address] = self._client().get(address)
        return self._answers[address]

    def page(self, address: str, status: int = 200) -> Markup:
        """A page that must have the status told."""
        answer = self.answer(address)
        assert (answer.status_code, answer.mimetype) == (status, "text/html"), address
        if address not in self._pages:
            self._pages[address] = Markup(answer.text)
        return self._pages[address]

    def _client(self) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_ACCEPT"] = "text/html"
        return client
