"""A feed as Atom (RFC 4287). The standard library writes it: the one maintained package would bring lxml along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree as ET

from catalog.temporal import format_instant
from service.site.flux.feed import Feed, Item

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped."""


def write_atom(feed: Feed, twin_type: str) -> bytes:
    """The document, in UTF-8."""
    root = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.language})
    for name, text in (("id", feed.ident), ("title", feed.title), ("subtitle", feed.subtitle)):
        _add(root, name, text)
    _add(root, "updated", format_instant(feed.updated))
    _person(root, "author", feed.author)
    _link(root, "self", feed.own, MEDIA_TYPE)
    _link(root, "alternate", feed.link, "text/html")
    _link(root, "alternate", feed.twin, twin_type)
    for item in feed.items:
        _entry(root, item)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(root: ET.Element, item: Item) -> None:
    entry = _add(root, "entry")
    for name, text in (("id", item.ident), ("title", item.title)):
        _add(entry, name, text)
    for name in ("published", "updated"):
        _add(entry, name, format_instant(item.updated))
    _person(entry, "author", item.author)
    _person(entry, "contributor", item.approver)
    _link(entry, "alternate", item.link, "text/html")
    _add(entry, "summary", item.summary)
    if item.lines:
        _add(entry, "content", html_of(item), type="html")


def html_of(item: Item) -> str:
    """The details as a list; each keeps the direction of its own first letters."""
    return f"<ul>{''.join(_points(item))}</ul>"


def _points(item: Item) -> Iterator[str]:
    for line in item.lines:
        yield f'<li dir="auto">{escape(line)}</li>'


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, name, attributes)
    made.text = None if text is None else _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return made


def _person(parent: ET.Element, name: str, called: str) -> None:
    _add(_add(parent, name), "name", called)


def _link(parent: ET.Element, rel: str, href: str, media_type: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "type": media_type, "href": href})
