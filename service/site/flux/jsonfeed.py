"""A feed as JSON Feed 1.1."""

from __future__ import annotations

from typing import Any

from catalog.temporal import format_instant
from service.answers import dump_json
from service.site.flux.atom import html_of
from service.site.flux.feed import Feed, Item

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def write_json(feed: Feed) -> bytes:
    """The document, in UTF-8."""
    return dump_json(
        {
            "version": VERSION,
            "title": feed.title,
            "description": feed.subtitle,
            "home_page_url": feed.link,
            "feed_url": feed.own,
            "language": feed.language,
            "authors": [{"name": feed.author}],
            "items": [_item(item) for item in feed.items],
        }
    )


def _item(item: Item) -> dict[str, Any]:
    text = "\n".join((item.summary, *item.lines))
    return {
        "id": item.ident,
        "url": item.link,
        "title": item.title,
        "summary": item.summary,
        "content_text": text,
        **({"content_html": html_of(item)} if item.lines else {}),
        "date_published": format_instant(item.updated),
        "authors": [{"name": item.author}],
    }
