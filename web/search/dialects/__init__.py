"""What each engine does in its own way. A file here has these functions, and nothing else knows engines:

`matching(index, wanted)`: a condition for rows of the index's table, for tables of which all hits may be looked at.
`newest(session, statement, index, wanted, highest, limit)`: keys of the hits among the rows of `statement`, which
    selects the key of the index's table, highest first, from `highest` down; it stops looking as soon as it has enough.
`put(session, index, rows)`: store key, words and labels in the place of rows of the same keys: one statement.
`add_missing(model)`: an INSERT that leaves rows alone that are there already.
`is_in_step(connection, index)`: whether the engine's own index says what its table says.
`rebuild(connection, index)`: make the engine's own index anew.
"""

from types import ModuleType

from sqlalchemy.orm import Session

from web.search.dialects import mariadb, postgresql, sqlite

DIALECTS: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql, "mariadb": mariadb}


def of(session: Session) -> ModuleType:
    """The engine of a session."""
    return DIALECTS[session.get_bind().dialect.name]
