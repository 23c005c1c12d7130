"""The code as data: what each module is called, what stands in it, what it imports."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Source:
    """One module. `name` is dotted, as in `web.posts.queries`; a package has the name of its folder."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All nodes of the syntax tree."""
        return list(ast.walk(self.tree))

    @property
    def last_name(self) -> str:
        """`queries` of `web.posts.queries`."""
        return self.name.rpartition(".")[2]

    def is_below(self, *packages: str) -> bool:
        """Whether it is one of these modules or lies in one of these packages."""
        return is_below(self.name, *packages)

    def imports(self) -> set[str]:
        """The modules that it imports, with the names taken from them: `web.posts` and `web.posts.rules`."""
        return {name for node in self.nodes for pair in _imported(node) for name in pair if name}

    def runs(self, modules: Iterable[str]) -> set[str]:
        """Those of the modules that it imports when the program runs, not only for the sake of types."""
        known, left_out = set(modules), self._for_types_only()
        pairs = [pair for node in self.nodes if node not in left_out for pair in _imported(node)]
        return {whole if whole in known else module for module, whole in pairs} & known

    def _for_types_only(self) -> set[ast.AST]:
        blocks = [node for node in self.nodes if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)]
        return {inner for block in blocks for inner in ast.walk(block)}


def is_below(name: str, *packages: str) -> bool:
    """Whether a dotted name is one of the packages or inside of one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@cache
def sources_in(folder: str) -> list[Source]:
    """The modules of a folder of the project."""
    return [Source(_dotted(path), path.read_text()) for path in sorted((ROOT / folder).rglob("*.py"))]


def our_code() -> list[Source]:
    """The modules of the application, without its migrations."""
    return [source for source in sources_in("web") if not source.is_below("web.migrations.versions")]


def calls(source: Source) -> Iterator[tuple[ast.Call, str]]:
    """Each call with the last name of what is called: `select`, `query`, `Post`."""
    for node in source.nodes:
        if isinstance(node, ast.Call):
            yield node, last_name(node.func)


def last_name(node: ast.AST) -> str:
    """`name` of `a.b.name` or of `name`, else nothing."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def docstrings(source: Source) -> set[ast.AST]:
    """The string constants that are documentation."""
    bodies = [node.body for node in source.nodes if isinstance(node, (ast.Module, ast.ClassDef, *FUNCTIONS))]
    return {body[0].value for body in bodies if body and isinstance(body[0], ast.Expr)}


def at(source: Source, node: ast.AST, words: str) -> str:
    """A finding: where, and what is wrong."""
    return f"{source.name}:{getattr(node, 'lineno', 1)} {words}"


def _imported(node: ast.AST) -> list[tuple[str, str]]:
    if isinstance(node, ast.Import):
        return [(alias.name, "") for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [(node.module, f"{node.module}.{alias.name}") for alias in node.names]
    return []


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
