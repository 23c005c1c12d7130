"""Reads the blog's settings."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from web.models.setting import Blog, Setting

ALL_SETTINGS = select(Setting.name, Setting.value)


def load_blog(session: Session) -> Blog:
    """The owner's decisions, in one statement."""
    return Blog.from_rows({row.name: row.value for row in session.execute(ALL_SETTINGS)})


def find_setting(session: Session, name: str) -> Setting | None:
    """The stored row of one setting."""
    return session.get(Setting, name)
