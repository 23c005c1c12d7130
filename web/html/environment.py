"""The template environment: made once, strict about names, able to reach nothing but what stands here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web.html import filters
from web.html.dom_id import dom_id
from web.html.holes import MARKS
from web.html.pieces import Pieces


def make_environment(templates: Path, static_url: Callable[[str], str], path_to: Callable[..., str]) -> Environment:
    """Templates from a folder, with the given functions for addresses. An unknown name is an error."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Templates of a running blog do not change: no file is looked at again.
        auto_reload=False,
    )
    environment.globals.update(_functions(static_url, path_to), piece=Pieces(environment))
    environment.filters.update(
        date=filters.date,
        datetime=filters.date_and_time,
        moment=filters.moment,
        month=filters.month,
        iso=filters.iso,
        reading_time=filters.reading_time,
    )
    return environment


def _functions(static_url: Callable[[str], str], path_to: Callable[..., str]) -> dict[str, Any]:
    return {
        "static_url": static_url,
        "path_to": path_to,
        "absolute_url": filters.absolute_url,
        "dom_id": dom_id,
        "marks": MARKS,
        "plural": filters.plural,
    }
