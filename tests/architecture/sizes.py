"""Checks that everything can be read in one go: files, functions, templates."""

import ast
from collections.abc import Iterable, Mapping
from statistics import median

from tests.architecture.sources import FUNCTIONS, Source, at

FILE_LIMIT = 250
FUNCTION_LIMIT = 30
TEMPLATE_LIMIT = 80


def long_files(sources: Iterable[Source]) -> list[str]:
    """Modules of more than `FILE_LIMIT` lines."""
    sizes = [(source.name, len(source.text.splitlines())) for source in sources]
    return [f"{name} has {size} lines" for name, size in sizes if size > FILE_LIMIT]


def long_functions(sources: Iterable[Source]) -> list[str]:
    """Functions of more than `FUNCTION_LIMIT` lines, from `def` to the last one."""
    return [
        at(source, node, f"{node.name} has {size} lines")
        for source in sources
        for node, size in _functions(source)
        if size > FUNCTION_LIMIT
    ]


def usual_length(sources: Iterable[Source]) -> float:
    """The median length of a function."""
    return median(size for source in sources for _, size in _functions(source))


def long_templates(templates: Mapping[str, str]) -> list[str]:
    """Templates of more than `TEMPLATE_LIMIT` lines."""
    sizes = {name: len(text.splitlines()) for name, text in templates.items()}
    return [f"{name} has {size} lines" for name, size in sizes.items() if size > TEMPLATE_LIMIT]


def _functions(source: Source) -> Iterable[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    for node in source.nodes:
        if isinstance(node, FUNCTIONS) and node.end_lineno is not None:
            yield node, node.end_lineno - node.lineno + 1
