"""Checks which way imports run: app → routes → views → actions, queries, forms, rules → models → database."""

from collections.abc import Iterable, Mapping

from tests.architecture.sources import Source, is_below

ASSEMBLY = ("web.app", "web.cli", "web.__main__", "web.routes")
FOUNDATIONS = ("web.database", "web.models", "web.http", "web.html", "web.settings", "web.migrations")
WEB_FRAMEWORK = ("starlette", "uvicorn", "web.http")
BELOW_THE_VIEWS = ("queries", "forms", "rules", "actions")

# What the modules of a foundation may import of ours.
ALLOWED = {
    "web.database": ("web.database",),
    "web.models": ("web.models", "web.database"),
    "web.settings": (),
    "web.html": ("web.html",),
    "web.migrations": ("web.migrations", "web.models", "web.database"),
}


def wrong_directions(sources: Iterable[Source]) -> list[str]:
    """Imports that run upwards or sideways."""
    by_name = {source.name: source for source in sources}
    return [
        f"{source.name} imports {name}: {problem}"
        for source in by_name.values()
        for name in sorted(source.imports())
        if (problem := _problem(source, name, by_name))
    ]


def cycles(sources: Iterable[Source]) -> list[str]:
    """Modules that import each other when the program runs, directly or around a corner."""
    by_name = {source.name: source for source in sources}
    graph = {name: source.runs(by_name) - {name} for name, source in by_name.items()}
    # Importing any model imports all of them through the package: that is discovery, not a cycle.
    graph = {name: targets - {"web.models"} for name, targets in graph.items() if name != "web.models"}
    reachable = {name: _reachable(name, graph) for name in graph}
    return [f"{name} is imported by what it imports" for name in sorted(graph) if name in reachable[name]]


def is_view(source: Source) -> bool:
    """Whether a module of a subject knows that there are requests."""
    return _is_subject(source.name) and any(is_below(name, *WEB_FRAMEWORK) for name in source.imports())


def _problem(source: Source, name: str, by_name: Mapping[str, Source]) -> str | None:
    if _is_subject(source.name):
        return _problem_of_subject(source, name, by_name)
    if source.is_below("web.http") and is_below(name, *ASSEMBLY):
        return "http serves the views and does not know who put it together"
    if source.is_below("web.http") and name in by_name and is_view(by_name[name]):
        return "http does not know the views"
    for package, allowed in ALLOWED.items():
        if source.is_below(package):
            return _problem_of_foundation(name, package, allowed)
    if source.name == "web.routes" and is_below(name, "web.app", "web.cli"):
        return "the routes are below the application"
    return None


def _problem_of_foundation(name: str, package: str, allowed: tuple[str, ...]) -> str | None:
    if is_below(name, "starlette", "uvicorn"):
        return f"nothing in {package} knows the web framework"
    if is_below(name, "web") and name != "web" and not is_below(name, *allowed):
        return f"{package} imports nothing of ours but {', '.join(allowed) or 'nothing'}"
    return None


def _problem_of_subject(source: Source, name: str, by_name: Mapping[str, Source]) -> str | None:
    if is_below(name, *ASSEMBLY):
        return "subjects are below the routes and the application"
    if source.last_name in BELOW_THE_VIEWS and is_below(name, *WEB_FRAMEWORK):
        return "nothing below the views knows that there are requests"
    imported = by_name.get(name)
    if imported is None or not is_view(imported):
        return None
    if not is_view(source):
        return "what is below the views does not import them"
    if _room(source.name) != _room(name):
        return "two subjects never import each other's views"
    return None


def _is_subject(name: str) -> bool:
    return name.count(".") == 2 and not is_below(name, *ASSEMBLY, *FOUNDATIONS)


def _room(name: str) -> str:
    return name.rpartition(".")[0]


def _reachable(start: str, graph: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = set(graph[start])
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= graph.get(name, set()) - found
    return found
