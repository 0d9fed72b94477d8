"""Writes an index: in this process, or in another one, since whoever is being served would feel it for seconds."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from catalog.apart import give_way, run_apart
from catalog.search import whoosh_index
from catalog.search.documents import Collection, Document, collect
from catalog.search.postings import pack
from catalog.search.searchable import Searchables
from catalog.snapshots.packed import decode
from catalog.snapshots.reading import Snapshot

DOCUMENTS = "documents.msgpack"
_NONE: Mapping[str, tuple[str, ...]] = {}


def build(folder: Path, snapshot: Snapshot, searchables: Searchables) -> None:
    """Writes the files of an index into an empty folder."""
    write(folder, collect(snapshot, searchables))


def write(folder: Path, collection: Collection) -> None:
    """Writes a collection that has been collected, and its index."""
    whoosh_index.write(folder, collection.documents)
    bare = [msgspec.structs.replace(document, words={}) for document in collection.documents]
    packed = Collection(bare, collection.aliases, collection.endings, pack(collection.documents))
    (folder / DOCUMENTS).write_bytes(msgspec.msgpack.encode(packed))


def build_apart(folder: Path, snapshot: Snapshot) -> None:
    """The same for the catalogue's own kinds, in a process of its own. Raises BuilderDiedError."""
    run_apart("the search index", "catalog.search.building", str(folder), given=memoryview(snapshot.data))


def read_index(folder: Path) -> Collection:
    """What an index was made of; what many documents say alike is kept once."""
    read = msgspec.msgpack.decode((folder / DOCUMENTS).read_bytes(), type=Collection)
    known: dict[Any, Any] = {}
    documents = [_sharing(document, known) for document in read.documents]
    return msgspec.structs.replace(read, documents=documents)


def _sharing(document: Document, known: dict[Any, Any]) -> Document:
    facets = tuple((name, known.setdefault(values, values)) for name, values in document.facets.items())
    title = document.exact[0]
    return msgspec.structs.replace(
        document,
        kind=known.setdefault(document.kind, document.kind),
        title=known.setdefault(document.title, document.title),
        detail=known.setdefault(document.detail, document.detail),
        exact=(known.setdefault(title, title), *document.exact[1:]),
        words=_NONE,
        facets=known.setdefault(("facets", facets), dict(facets)),
        held=known.setdefault(document.held, document.held),
        prices=known.setdefault(document.prices, document.prices),
    )


def main(folder: str) -> None:
    """Builds the index of the snapshot that comes on standard input."""
    from catalog.registry import KINDS
    from catalog.searching import SEARCHABLES

    give_way()
    build(Path(folder), Snapshot(decode(sys.stdin.buffer.read(), "on standard input"), KINDS), SEARCHABLES)


if __name__ == "__main__":
    main(sys.argv[1])
