"""Changes the blog's settings."""

from collections.abc import Mapping

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from web.blog.queries import find_setting
from web.models.setting import Blog, Setting
from web.search.actions import change_language


def change_settings(session: Session, blog: Blog, values: Mapping[str, str]) -> list[str]:
    """Store what differs from the present settings, and return the names of those.

    The values must have been checked with `rules.setting_problem`. What stays as it is writes nothing.
    """
    changed = [name for name, value in values.items() if getattr(blog, name) != value]
    for name in changed:
        _store(session, name, values[name])
    if "language" in changed:
        change_language(session, values["language"])
    return changed


def _store(session: Session, name: str, value: str) -> None:
    stored = find_setting(session, name)
    if stored is None and _added(session, name, value):
        return
    # Another owner may have stored the same setting for the first time a moment ago.
    stored = stored or session.get_one(Setting, name)
    stored.value = value


def _added(session: Session, name: str, value: str) -> bool:
    try:
        with session.begin_nested():
            session.add(Setting(name=name, value=value))
    except IntegrityError:
        return False
    return True
