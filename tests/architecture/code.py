"""Checks what the code may say: one place for `select`, none for what hides SQL."""

import ast
import re
from collections.abc import Collection, Iterable, Iterator

from tests.architecture.sources import FUNCTIONS, Source, at, calls, docstrings, last_name

# A file of a dialect is what `queries.py` asks on that engine.
MAKES_SELECTS = ("web.database", "web.migrations", "web.search.dialects")
KNOWS_DIALECTS = ("web.database", "web.search.dialects")
DIALECT = re.compile(r"sqlite|postgres|psycopg|mysql|mariadb", re.IGNORECASE)
HIDES_SQL = frozenset(
    {
        "backref", "association_proxy", "AssociationProxy", "scoped_session", "async_scoped_session",
        "query_property", "object_session", "dynamic_loader", "WriteOnlyMapped", "DynamicMapped",
    }
)  # fmt: skip
ENGINES = frozenset({"create_engine", "engine_from_config", "sessionmaker", "Database", "open_database"})
# The verbs of a post that change who sees it, and the one place where lists and people learn of it.
CHANGES_A_STATE = frozenset({"submit", "publish", "schedule", "withdraw", "delete", "restore"})
TELLS_OF_STATES = "web.publishing.actions"
READS = frozenset({"execute", "scalars", "scalar", "get", "get_one", "query", "connection"})


def selects_outside_queries(sources: Iterable[Source]) -> list[str]:
    """Reads that are written down anywhere but in a `queries.py`."""
    return [
        at(source, node, "reads outside of queries.py")
        for source in sources
        if source.last_name != "queries" and not source.is_below(*MAKES_SELECTS)
        for node, name in calls(source)
        if name in ("select", "union_all", "union", "lambda_stmt", "select_from")
    ]


def raw_sql(sources: Iterable[Source]) -> list[str]:
    """Statements that go around the ORM: text, a driver's connection, the engine."""
    return [
        at(source, node, f"goes around the session with {name}")
        for source in sources
        if not source.is_below(*MAKES_SELECTS)
        for node, name in _names(source)
        if name in ("exec_driver_sql", "raw_connection", "engine", "dbapi_connection", "TextClause")
        or (isinstance(node, ast.Call) and name == "text" and not source.is_below("web.models"))
    ]


def offsets(sources: Iterable[Source]) -> list[str]:
    """Lists that page by counting rows."""
    return [
        at(source, node, "pages by OFFSET")
        for source in sources
        for node, name in calls(source)
        if name in ("offset", "slice") and isinstance(node.func, ast.Attribute)
    ]


def untold_states(sources: Iterable[Source]) -> list[str]:
    """Posts whose state changes without lists and people being told."""
    return [
        at(source, node, f"changes a post's state by {name}")
        for source in sources
        if source.name != TELLS_OF_STATES
        for node, name in calls(source)
        if name in CHANGES_A_STATE and isinstance(node.func, ast.Attribute) and last_name(node.func.value) == "post"
    ]


def hidden_sql(sources: Iterable[Source]) -> list[str]:
    """What makes SQL happen behind somebody's back: proxies, backref, `Model.query`, sessions from nowhere."""
    found = []
    for source in sources:
        found += [at(source, node, f"uses {name}") for node, name in _names(source) if name in HIDES_SQL]
        found += [at(source, node, "uses secondary") for node, _ in calls(source) if _has_keyword(node, "secondary")]
        found += [at(source, node, "uses .query") for node in source.nodes if _is_query(node)]
    return sorted(set(found))


def engines_at_import(sources: Iterable[Source]) -> list[str]:
    """Engines, session makers and databases that are made when a module is imported."""
    return [
        at(source, node, f"makes {last_name(node.func)} at import")
        for source in sources
        for node in _at_import(source.tree)
        if isinstance(node, ast.Call) and last_name(node.func) in ENGINES
    ]


def foreign_keys_set(sources: Iterable[Source], columns: Collection[str], models: Collection[str]) -> list[str]:
    """Places that set a foreign-key column instead of linking objects: by assignment, keyword, `values` or setattr."""
    found = []
    for source in sources:
        for node in source.nodes:
            targets = _assigned(node) + _keywords(node, models)
            found += [at(source, node, f"sets {name}") for name in targets if name in columns]
    return found


def dialects_named(sources: Iterable[Source]) -> list[str]:
    """Places that know which database it is."""
    return [
        at(source, node, f"knows about {words!r}")
        for source in sources
        if not source.is_below(*KNOWS_DIALECTS)
        for node, words in _words(source)
        if DIALECT.search(words)
    ]


def models_that_query(sources: Iterable[Source]) -> list[str]:
    """Models that read: their properties filter what is loaded, and nothing else."""
    return [
        at(source, node, f"reads with {name}")
        for source in sources
        if source.is_below("web.models")
        for node, name in _names(source)
        if name in ("Session", "select", "object_session") or (isinstance(node, ast.Call) and name in READS - {"get"})
    ]


def _names(source: Source) -> Iterator[tuple[ast.AST, str]]:
    for node in source.nodes:
        if isinstance(node, ast.Call):
            yield node, last_name(node.func)
        elif isinstance(node, ast.Attribute | ast.Name):
            yield node, last_name(node)
        elif isinstance(node, ast.alias):
            yield node, node.name
        elif isinstance(node, ast.keyword):
            yield node.value, node.arg or ""


def _words(source: Source) -> Iterator[tuple[ast.AST, str]]:
    yield from _names(source)
    left_out = docstrings(source)
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in left_out:
            yield node, node.value
        elif isinstance(node, ast.ImportFrom):
            yield node, node.module or ""


def _has_keyword(node: ast.Call, name: str) -> bool:
    return any(keyword.arg == name for keyword in node.keywords)


def _is_query(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and last_name(node.func) == "query":
        return True
    # `Post.query` is a class's; `request.url.query` is a string.
    return isinstance(node, ast.Attribute) and node.attr == "query" and last_name(node.value)[:1].isupper()


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (*FUNCTIONS, ast.Lambda)):
            yield child
            yield from _at_import(child)


def _assigned(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Assign):
        return [target.attr for target in _flat(node.targets) if isinstance(target, ast.Attribute)]
    if isinstance(node, ast.AugAssign | ast.AnnAssign) and isinstance(node.target, ast.Attribute):
        return [node.target.attr]
    return []


def _flat(targets: Iterable[ast.expr]) -> Iterator[ast.expr]:
    for target in targets:
        if isinstance(target, ast.Tuple | ast.List):
            yield from _flat(target.elts)
        else:
            yield target


def _keywords(node: ast.AST, models: Collection[str]) -> list[str]:
    if not isinstance(node, ast.Call):
        return []
    name = last_name(node.func)
    if name == "setattr":
        return _texts(node.args[1:2])
    if name not in models and name != "values":
        return []
    keys = [key for argument in node.args if isinstance(argument, ast.Dict) for key in argument.keys]
    return [keyword.arg or "" for keyword in node.keywords] + _texts(keys)


def _texts(nodes: Iterable[ast.AST | None]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
