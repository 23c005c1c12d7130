"""Reads the blog's settings, and with them what stands in its menu."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from web.database import UTCDateTime
from web.database.rows import read_rows
from web.models.post import Post
from web.models.setting import Blog, Setting


class MenuItem(NamedTuple):
    """A page in the menu."""

    path: str
    title: str


class Site(NamedTuple):
    """What every page shows."""

    blog: Blog
    menu: Sequence[MenuItem]


MOST_MENU_ITEMS = 12
ALL_SETTINGS = select(Setting.name, Setting.value)
NOW = cast(datetime, bindparam("now", type_=UTCDateTime))
MENU = (
    select(literal("menu"), Post.menu_order, Post.slug, Post.title)
    .where(Post.is_page, Post.menu_order.is_not(None), Post.is_for_all_at(NOW))
    .order_by(Post.menu_order, Post.id)
    .limit(MOST_MENU_ITEMS)
)
# Built once, because every page asks for it: building takes ten times as long as executing.
SITE = union_all(
    select(literal("setting").label("kind"), literal(0).label("place"), Setting.name.label("key"), Setting.value),
    select(MENU.subquery()),
)


def load_blog(session: Session) -> Blog:
    """The owner's decisions, in one statement."""
    return Blog.from_rows({row.name: row.value for row in session.execute(ALL_SETTINGS)})


def load_site(session: Session, now: datetime) -> Site:
    """The owner's decisions and the pages in the menu that everybody may read, in one statement."""
    rows = read_rows(session, SITE, {"now": now}).all()
    blog = Blog.from_rows({row.key: row.value for row in rows if row.kind == "setting"})
    pages = sorted((row for row in rows if row.kind == "menu"), key=lambda row: (row.place, row.key))
    return Site(blog, [MenuItem(f"/{row.key}", row.value) for row in pages])


def find_setting(session: Session, name: str) -> Setting | None:
    """The stored row of one setting."""
    return session.get(Setting, name)
