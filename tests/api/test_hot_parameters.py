"""Parameters read without the schema are those that it reads, and refused where it refuses."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from service.api import ROOMS
from service.api.endpoints import every
from service.api.parameters import Query
from service.api.reading import _read_all, read_plain, split_query
from service.problems import ParametersError

SCHEMAS = sorted({endpoint.query for endpoint in every(ROOMS)}, key=lambda schema: schema.__name__)
NAMES = sorted({field.data_key or name for schema in SCHEMAS for name, field in schema().fields.items()})
GOOD = (
    "2014-07-01", "2014-07-01T10:00:00Z", "2014-07-01 10:00:00+01:00", "3", "06-23", "1", "true", "False", "cnops",
    "100000001", "medicaments", "medicament", "P", "oui", "csv", "DIAMICRON", "9999-12-31", "٣", "1e3", " ", "",
)  # fmt: skip
texts = st.one_of(
    st.sampled_from(GOOD), st.text(max_size=12), st.text("0123456789-T:Z+ ", max_size=24), st.just("x" * 201)
)
queries = st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=4)), texts, max_size=4)


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.__name__)
@given(query=queries)
def test_both_readings_accept_and_refuse_the_same(schema: type[Query], query: dict[str, str]) -> None:
    try:
        slow = _read_all(schema, MultiDict(query))
    except ParametersError:
        slow = None
    assert read_plain(schema, query) == slow


raw = st.one_of(
    st.lists(st.tuples(st.sampled_from(NAMES), texts.map(quote)), max_size=3).map(
        lambda parts: "&".join(f"{name}={text}" for name, text in parts)
    ),
    st.text("as_of=&%+;20Éé1q", max_size=20),
)


@given(text=raw)
def test_a_query_is_split_as_the_framework_splits_it_or_not_at_all(text: str) -> None:
    environ = EnvironBuilder(path="/").get_environ()
    environ["QUERY_STRING"] = text
    found = split_query(text)
    if found is not None:
        assert list(found.items()) == list(Request(environ).args.items(multi=True))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {}),
        ("as_of=2014-07-01", {"as_of": "2014-07-01"}),
        ("q=a%20b+c&limit=3", {"q": "a b c", "limit": "3"}),
        ("q=d%C3%A9tartrage", {"q": "détartrage"}),
        ("q=", {"q": ""}),
        ("q", None),
        ("q=1&q=2", None),
        ("q=%C3", None),
        ("&q=1", None),
        ("a%73_of=2014-07-01", None),
    ],
)
def test_ordinary_queries_are_split(text: str, found: dict[str, str] | None) -> None:
    assert split_query(text) == found
