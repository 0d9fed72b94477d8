"""Joins Parquet files of one schema into one, without reading their columns again.

A Parquet file is ``PAR1``, the pages of its columns, a footer that says where they lie, and the footer's length. Pages
are laid one after another as they are; only the footer is written anew, with its places moved. A footer is read as
the fields of Thrift's compact protocol, whatever they mean, so that nothing in it is lost.
Source: the Apache Parquet format, ``parquet.thrift``; Apache Thrift, compact protocol.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from catalog.errors import CatalogError

MAGIC = b"PAR1"
_BOOLEANS, _BYTE, _INTEGERS, _DOUBLE, _BINARY, _LISTS, _STRUCT, _STOP = (1, 2), 3, (4, 5, 6), 7, 8, (9, 10), 12, 0

_SCHEMA, _NUM_ROWS, _ROW_GROUPS = 2, 3, 4
_COLUMNS, _GROUP_OFFSET, _ORDINAL = 1, 5, 7
_CHUNK_OFFSET, _CHUNK_META, _OFFSET_INDEX, _COLUMN_INDEX = 2, 3, 4, 6
_PAGES = (9, 10, 11, 14)
"""Of a column's metadata: its first data page, index page, dictionary page and Bloom filter."""


class Field(NamedTuple):
    """A value of the protocol: its type, and what it holds; of a list, the type of its items and those."""

    type: int
    value: Any


Struct = dict[int, Field]


class ParquetJoinError(CatalogError):
    def __init__(self) -> None:
        super().__init__("The parts of the Parquet file do not fit together: price the file anew.")


def split(file: bytes) -> tuple[memoryview, bytes]:
    """The pages of a Parquet file, and its footer."""
    length = int.from_bytes(file[-8:-4], "little")
    start = len(file) - 8 - length
    return memoryview(file)[len(MAGIC) : start], file[start : start + length]


def joined_footer(footers: Sequence[bytes], places: Sequence[int]) -> bytes:
    """What ends a file that holds the pages of each part from its place on. Raises ParquetJoinError."""
    parts = [_Reader(footer).struct() for footer in footers]
    for part, place in zip(parts, places, strict=True):
        if part[_SCHEMA] != parts[0][_SCHEMA]:
            raise ParquetJoinError
        for group in part[_ROW_GROUPS].value[1]:
            _move(group, place - len(MAGIC))
    whole = parts[0]
    groups = [group for part in parts for group in part[_ROW_GROUPS].value[1]]
    for ordinal, group in enumerate(groups):
        if _ORDINAL in group:
            group[_ORDINAL] = Field(group[_ORDINAL].type, ordinal)
    whole[_NUM_ROWS] = Field(6, sum(part[_NUM_ROWS].value for part in parts))
    whole[_ROW_GROUPS] = Field(9, (_STRUCT, groups))
    footer = _written_struct(whole)
    return footer + len(footer).to_bytes(4, "little") + MAGIC


def _move(group: Struct, by: int) -> None:
    _add(group, (_GROUP_OFFSET,), by)
    for column in group[_COLUMNS].value[1]:
        _add(column, (_CHUNK_OFFSET, _OFFSET_INDEX, _COLUMN_INDEX), by)
        _add(column[_CHUNK_META].value, _PAGES, by)


def _add(struct: Struct, numbers: Sequence[int], by: int) -> None:
    for number in numbers:
        if number in struct and struct[number].value > 0:
            struct[number] = Field(struct[number].type, struct[number].value + by)


class _Reader:
    """Reads values one after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def struct(self) -> Struct:
        fields: Struct = {}
        number = 0
        while (head := self._byte()) != _STOP:
            step, kind = divmod(head, 16)
            number = number + step if step else self._integer()
            fields[number] = Field(kind, kind == _BOOLEANS[0] if kind in _BOOLEANS else self._value(kind))
        return fields

    def _value(self, kind: int) -> Any:
        if kind in _INTEGERS:
            return self._integer()
        if kind in (*_BOOLEANS, _BYTE):
            return self._byte()
        readers: dict[int, Callable[[], Any]] = {
            _DOUBLE: lambda: self._bytes(8),
            _BINARY: lambda: self._bytes(self._unsigned()),
            _STRUCT: self.struct,
            **dict.fromkeys(_LISTS, self._list),
        }
        if kind not in readers:
            raise ParquetJoinError
        return readers[kind]()

    def _list(self) -> tuple[int, list[Any]]:
        size, kind = divmod(self._byte(), 16)
        if size == 15:
            size = self._unsigned()
        return kind, [self._value(kind) for _ in range(size)]

    def _byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def _bytes(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]

    def _unsigned(self) -> int:
        value = shift = 0
        while (byte := self._byte()) >= 128:
            value |= (byte & 127) << shift
            shift += 7
        return value | byte << shift

    def _integer(self) -> int:
        value = self._unsigned()
        return (value >> 1) ^ -(value & 1)


def _written_struct(fields: Struct) -> bytes:
    parts = []
    last = 0
    for number, (kind, value) in sorted(fields.items()):
        step = number - last
        kind = (_BOOLEANS[0] if value else _BOOLEANS[1]) if kind in _BOOLEANS else kind
        parts.append(bytes([step << 4 | kind]) if step < 16 else bytes([kind]) + _written_integer(number))
        parts.append(b"" if kind in _BOOLEANS else _written(kind, value))
        last = number
    return b"".join(parts) + bytes([_STOP])


def _written(kind: int, value: Any) -> bytes:
    if kind in _INTEGERS:
        return _written_integer(value)
    if kind in (*_BOOLEANS, _BYTE):
        return bytes([value])
    if kind == _STRUCT:
        return _written_struct(value)
    if kind == _BINARY:
        return _written_unsigned(len(value)) + bytes(value)
    return _written_list(*value) if kind in _LISTS else bytes(value)


def _written_list(kind: int, items: list[Any]) -> bytes:
    size = len(items)
    head = bytes([size << 4 | kind]) if size < 15 else bytes([15 << 4 | kind]) + _written_unsigned(size)
    return head + b"".join(_written(kind, item) for item in items)


def _written_unsigned(value: int) -> bytes:
    found = bytearray()
    while value >= 128:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])


def _written_integer(value: int) -> bytes:
    return _written_unsigned(value << 1 if value >= 0 else (-value << 1) - 1)
