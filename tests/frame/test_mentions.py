"""The reader of pages sees what is there, so that a wrong page cannot pass unread."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from tests.frame import mentions
from tests.frame.test_docs import fault

PAGE = """# A page, with `code`

See [a](b.md), [c](https://example.org) and ![d](e.png "title"), not:

```sh
$ amo-catalog import medicaments "a file.xlsx" \\
    --dry-run | tee report   # [x](y.md)
make run
curl /api/v1/medicaments/6118000100058?as_of=2014-07-01
```

Then `amo-catalog draft list` or `/api/v1/releases/{n}/diff?from={m}`, and /api/v1/…
"""


def test_all_kinds_of_mention_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(mentions, "name", lambda found: found.name)
    assert [said.text for said in mentions.links(path)] == ["b.md", "e.png"]
    assert [said.text for said in mentions.commands(path)] == [
        'import medicaments "a file.xlsx"  --dry-run',
        "draft list",
    ]
    assert [said.text for said in mentions.routes(path)] == [
        "/api/v1/medicaments/6118000100058",
        "/api/v1/releases/1/diff",
    ]
    assert [said.text for said in mentions.targets(path)] == ["run"]
    assert mentions.anchors(path) == {"a-page-with-code"}


@click.group("tool")
@click.option("--quiet/--loud")
def tool() -> None: ...


@tool.command("import")
@click.argument("kind")
@click.option("-o", "--output")
def bring_in(kind: str, output: str) -> None: ...


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("import medicaments -o there", None),
        ("import KIND [--output FILE]…", None),
        ("--quiet import medicaments --help", None),
        ("--loud import medicaments --output=there", None),
        ("export medicaments", "tool has no command export"),
        ("import medicaments --outputs there", "import has no option --outputs"),
        ("--verbose import", "tool has no option --verbose"),
    ],
)
def test_a_command_that_is_not_there_is_noticed(said: str, expected: str | None) -> None:
    assert fault(tool, said) == expected
