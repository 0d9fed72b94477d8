"""Uploads judged within the test, so that each step can be looked at."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from admin.imports import launching
from admin.imports.child import judge_upload
from admin.imports.reports import ReportFile
from admin.imports.uploads import Upload, Uploads
from catalog.registry import KINDS
from tests.admin.desk import Desk, Editor

ADDRESS = re.compile(r"/admin/imports/([0-9a-f]{12})")
EFFECT = "2026-11-22"


@dataclass
class ImportDesk:
    """The console, and short forms of what one does with a file there."""

    desk: Desk

    @property
    def editor(self) -> Editor:
        return self.desk.as_("redacteur")

    @property
    def uploads(self) -> Uploads:
        return Uploads(self.desk.place.data_dir / "imports")

    def send(self, name: str, content: bytes | str, who: str = "redacteur", **told: Any) -> TestResponse:
        """Posts the form of a new import."""
        data = content.encode() if isinstance(content, str) else content
        form = {"kind": "medicaments", "effective": EFFECT, "legal_act": "gmr-06-23", **told}
        return self.desk.as_(who).post("/admin/imports/new", {**form, "file": (io.BytesIO(data), name)})

    def upload(self, name: str, content: bytes | str, **told: Any) -> Upload:
        """The import a form made."""
        answer = self.send(name, content, **told)
        assert answer.status_code == 302, answer.text[:2000]
        found = ADDRESS.search(answer.location)
        assert found
        return self.uploads.find(found[1])

    def page(self, upload: Upload, query: str = "", who: str = "redacteur") -> str:
        return self.desk.as_(who).get(f"/admin/imports/{upload.folder.name}{query}", 200).text

    def post(self, upload: Upload, verb: str, who: str = "redacteur", **form: Any) -> TestResponse:
        return self.desk.as_(who).post(f"/admin/imports/{upload.folder.name}/{verb}", form)

    @staticmethod
    def report(upload: Upload) -> ReportFile:
        return ReportFile(upload.report)


@pytest.fixture
def imports(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[ImportDesk]:
    """Judging ends before the answer to the form."""

    def at_once(engine: sa.Engine, upload: Upload, attempt: int) -> None:
        judge_upload(engine, KINDS, upload, attempt)

    monkeypatch.setattr(launching, "run", at_once)
    return ImportDesk(desk)


@pytest.fixture
def imports_of_children(desk: Desk) -> ImportDesk:
    """Judging happens in a child process, as it does in service."""
    return ImportDesk(desk)


HEADER = "code,nom,ppv,pbr,admis_remboursement"
KNOWN = "6118000100058"


def csv_of(*rows: str) -> str:
    return "\n".join((HEADER, *rows)) + "\n"


def folder_of(upload: Upload) -> set[Path]:
    return {path.relative_to(upload.folder) for path in upload.folder.rglob("*")}
