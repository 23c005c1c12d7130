"""What migrations make for search and no model says: each engine's own index, which follows its table by itself."""

from typing import Any

SUFFIX = "_search_index"
COLUMNS = ("search_vector", "search_tokens")


def is_modelled(_thing: Any, name: str | None, kind: str, *_: Any) -> bool:
    """Whether models and migrations must agree about it: a table, a column or an index of the schema."""
    is_index_of_words = kind in ("table", "index") and SUFFIX in (name or "")
    # The shadow tables of an FTS5 table follow it by name; the columns of a table left out are left out with it.
    return not is_index_of_words and not (kind == "column" and name in COLUMNS)
