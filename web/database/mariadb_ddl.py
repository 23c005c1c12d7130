"""How tables, columns and indexes are written down for MariaDB, so that models and migrations need not know it."""

import re
from typing import Any

from sqlalchemy import DateTime, Index, Text
from sqlalchemy.exc import CompileError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex, CreateTable

from web.database.mariadb import COLLATION

# A part of a condition that holds one column to one value.
_PINNED = re.compile(r"(\w+) (= '\w+'|IS NULL)")


@compiles(CreateTable, "mariadb")
def _create_table(element: CreateTable, compiler: Any, **options: Any) -> str:
    # Whatever the defaults of the server and of the database are.
    text = compiler.visit_create_table(element, **options).rstrip()
    return f"{text} ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE {COLLATION}"


@compiles(Text, "mariadb")
def _text(_type: Text, _compiler: Any, **_options: Any) -> str:
    # Its TEXT ends after 65,535 bytes.
    return "LONGTEXT"


@compiles(DateTime, "mariadb")
def _moment(_type: DateTime, _compiler: Any, **_options: Any) -> str:
    # Its DATETIME ends at whole seconds.
    return "DATETIME(6)"


@compiles(CreateIndex, "mariadb")
def _create_index(element: CreateIndex, compiler: Any, **options: Any) -> str:
    index = element.element
    if not pinned_columns(index):
        return str(compiler.visit_create_index(element, **options))
    if index.unique:
        raise CompileError(f"{index.name}: MariaDB cannot hold only some rows apart")
    quote = compiler.preparer.quote
    names = [*pinned_columns(index), *(column.name for column in index.columns)]
    columns = ", ".join(quote(name) for name in names)
    return f"CREATE INDEX {quote(index.name)} ON {compiler.preparer.format_table(index.table)} ({columns})"


def pinned_columns(index: Index) -> list[str]:
    """The columns that lead an index on MariaDB in place of the condition under which others hold a row in it.

    MariaDB has no partial indexes. Where the condition says "this column is that value", an index led by these
    columns is as good: the rows for which it holds stand together in it, in the order of the index's own columns.
    """
    condition = str(index.dialect_options["sqlite"]["where"])
    pinned = [match for part in condition.split(" AND ") if (match := _PINNED.fullmatch(part))]
    # One without a foreign key comes first: an index that begins with such a key could not be dropped again.
    return [match[1] for match in sorted(pinned, key=lambda match: match[2] != "IS NULL")]
