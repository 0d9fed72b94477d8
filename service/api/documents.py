"""The OpenAPI document, and a page to read it: rendered here, so that it needs no script and no other host."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from flask import Blueprint, Response, render_template
from markupsafe import Markup, escape

from service.answers import SHORT, digest, dump_json, keep
from service.api.endpoints import Room
from service.api.openapi import build_spec
from service.api.schema_tables import tables_of
from service.problems import PROBLEMS


def documents(rooms: Sequence[Room]) -> Blueprint:
    made = Blueprint("documents", __name__, template_folder="templates")
    made.add_app_template_filter(write_code, "with_code")

    @cache
    def spec() -> dict[str, Any]:
        return build_spec(rooms)

    @made.get("/api/v1/openapi.json")
    def openapi() -> Response:
        """The OpenAPI 3.1 document."""
        body = dump_json(spec())
        return keep(Response(body, content_type="application/json"), digest(body), SHORT)

    @made.get("/api/docs")
    def page() -> Response:
        """The document as a page."""
        shown = {"spec": spec(), "sections": _sections(spec()), "tables": tables_of(spec()), "problems": PROBLEMS}
        body = render_template("api/docs.html", **shown)
        return keep(Response(body, content_type="text/html; charset=utf-8"), digest(body), SHORT)

    return made


def write_code(text: str | None) -> Markup:
    """A text whose words between backticks are code, as HTML; everything else in it is escaped."""
    return Markup(re.sub(r"`([^`\n]+)`", r"<code>\1</code>", str(escape(text or ""))))  # noqa: S704 - escaped first


def _sections(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each heading with its operations."""
    operations = [
        {**operation, "method": method.upper(), "path": path, "answer": _name_of(operation)}
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
    ]
    return [
        {
            **tag,
            "id": tag["name"].replace(" ", "-"),
            "operations": [found for found in operations if tag["name"] in found["tags"]],
        }
        for tag in spec["tags"]
    ]


def _name_of(operation: Mapping[str, Any]) -> str | None:
    schema = operation["responses"]["200"]["content"].get("application/json", {}).get("schema", {})
    return str(schema["$ref"]).rsplit("/", 1)[-1] if "$ref" in schema else None
