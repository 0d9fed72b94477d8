"""Every sentence of the site has one Arabic, and no Arabic page shows a French one of ours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

import service.site
from admin.french import words
from catalog.registry import KINDS
from service.site.languages import ARABIC, FOLDER, FRENCH, ngettext, translations
from service.site.versions.words import GROUNDS
from tests.site.reading import VOID
from tests.site.shapes import EVERY, arabic

SITE = Path(service.site.__file__).parent
KEYWORDS = {"_": None, "gettext": None, "later": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
FEW = 3
"""The Arabic forms before this one name their number (none, one, two): the figure may be left out."""
FRENCH_RUN = re.compile(r"[^\W\d_]{2,}(?:[\s'’,:;.()·/-]+[^\W\d_]+){2,}")
ISOLATED = re.compile("[\u2066\u2067\u2068][^\u2069]*\u2069")
"""A run kept apart by the marks of the text itself: data, where no element can say so."""
LATIN = re.compile(r"[A-Za-zÀ-ÿœŒ]")

Said = str | tuple[str, ...]
"""A message, or its singular and its plural."""


@cache
def said() -> Mapping[Said, str]:
    """The messages of the sources, with one place where each is said."""
    found = extract_from_dir(SITE, METHODS, keywords=KEYWORDS)
    return {message: f"{path}:{line}" for path, line, message, *_rest in found}


def told_by_tables() -> set[Said]:
    """Words that pages look up in tables, those of the console and of the kinds among them."""
    named: set[Said] = {
        *words.KINDS.values(),
        *(word for pair in words.KINDS.values() for word in pair),
        *GROUNDS.values(),
    }
    chosen = {word for choices in words.VALUES.values() for word in choices.values()} | set(words.OTHERS.values())
    labels = {field.label.replace("'", "’") for kind in KINDS for field in kind.fields.values()}
    return {*named, *chosen, *labels, *words.STATES.values(), *words.LABELS.values()}


@cache
def written() -> Mapping[Said, list[tuple[str, Message]]]:
    """The Arabic of each message, with the file that holds it."""
    found: dict[Said, list[tuple[str, Message]]] = defaultdict(list)
    for path in sorted((FOLDER / "ar").glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale="ar"):
                if message.id:
                    found[message.id].append((path.name, message))
    return found


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def test_every_message_has_its_arabic() -> None:
    singulars = {message[0] for message in written() if isinstance(message, tuple)}
    missing = {message: place for message, place in said().items() if message not in {*written(), *singulars}}
    assert missing == {}


def test_a_message_has_one_arabic() -> None:
    differing = {
        message: [(name, one.string) for name, one in found]
        for message, found in written().items()
        if len({forms(one) for _name, one in found}) > 1
    }
    assert differing == {}


def test_every_form_is_written() -> None:
    nameless = [
        (name, message.id)
        for found in written().values()
        for name, message in found
        if not all(forms(message)) or len(forms(message)) != (6 if message.pluralizable else 1) or message.fuzzy
    ]
    assert nameless == []


def test_the_arabic_has_the_values_of_the_french() -> None:
    wrong = [(name, message.id) for found in written().values() for name, message in found if not fits(message)]
    assert wrong == []


def fits(message: Message) -> bool:
    """Whether each form fills in what the French does."""
    ids = (message.id,) if isinstance(message.id, str) else message.id
    wanted = {name for text in ids for name in PLACEHOLDER.findall(text)}
    for place, form in enumerate(forms(message)):
        given = set(PLACEHOLDER.findall(form))
        may_lack = {"num"} if message.pluralizable and place < FEW else set()
        if not wanted - may_lack <= given <= wanted:
            return False
    return True


def test_no_arabic_is_left_without_its_french() -> None:
    unused = {
        message: found[0][0] for message, found in written().items() if message not in {*said(), *told_by_tables()}
    }
    assert unused == {}


def test_the_arabic_is_arabic() -> None:
    french = [
        (name, form) for found in written().values() for name, one in found for form in forms(one) if is_french(form)
    ]
    assert french == []


def is_french(text: str) -> bool:
    bare = ISOLATED.sub("", PLACEHOLDER.sub("", text))
    return bool(
        FRENCH_RUN.search("".join(letter if LATIN.match(letter) or letter in " '’" else "0" for letter in bare))
    )


@pytest.mark.parametrize(
    ("number", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5), (103, 3)]
)
def test_arabic_counts_in_six_forms(number: int, form: int) -> None:
    message = next(one for found in written().values() for _name, one in found if one.pluralizable)
    one, many = message.id
    assert translations(ARABIC).ungettext(one, many, number) == message.string[form]


@pytest.mark.parametrize(("number", "told"), [(0, "entrée"), (1, "entrée"), (2, "entrées"), (100, "entrées")])
def test_french_says_the_singular_of_none_and_of_one(number: int, told: str) -> None:
    assert ngettext("entrée", "entrées", number) == told
    assert FRENCH.plural == "nplurals=2; plural=(n > 1);"


@cache
def french_sentences() -> re.Pattern[str]:
    """What any message of the site may become in French."""
    texts = {
        text for message in said() for text in ((message,) if isinstance(message, str) else message) if is_french(text)
    }
    return re.compile("|".join(".*".join(map(re.escape, PLACEHOLDER.split(text)[::2])) for text in texts), re.DOTALL)


class Ours(HTMLParser):
    """The texts of a page that are ours: outside what is marked as another language's, or as data.

    An attribute cannot mark the names it holds: it is ours where it is a message of the sources.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._marks: list[tuple[str, bool]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        foreign = tag in ("bdi", "head", "script", "style", "code") or told.get("lang") in ("fr", "en")
        for name in ("aria-label", "placeholder", "alt", "title"):
            if is_french(told.get(name) or "") and french_sentences().fullmatch(str(told[name])):
                self.texts.append(str(told[name]))
        if tag not in VOID:
            self._marks.append((tag, foreign))

    def handle_endtag(self, tag: str) -> None:
        while self._marks and self._marks.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(foreign for _tag, foreign in self._marks):
            self.texts.append(" ".join(data.split()))

    def french(self) -> Iterator[str]:
        return (text for text in self.texts if is_french(text))


@pytest.mark.parametrize("address", EVERY)
def test_no_arabic_page_shows_a_french_sentence_of_ours(pack_client: FlaskClient, address: str) -> None:
    answer = pack_client.get(arabic(address))
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert list(Ours(answer.text).french()) == []
