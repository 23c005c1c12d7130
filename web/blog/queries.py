"""Reads the blog's settings, and with them what stands in its menu."""

from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, null, select, union_all
from sqlalchemy import cast as cast_to
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
    """What every page shows. `changes_at` is when the next post or page appears by itself."""

    blog: Blog
    menu: tuple[MenuItem, ...]
    changes_at: datetime | None


MOST_MENU_ITEMS = 12
ALL_SETTINGS = select(Setting.name, Setting.value)
NOW = cast(datetime, bindparam("now", type_=UTCDateTime))
NO_MOMENT = cast_to(null(), UTCDateTime)
MENU = (
    select(literal("menu"), Post.menu_order, Post.slug, Post.title, NO_MOMENT)
    .where(Post.is_page, Post.menu_order.is_not(None), Post.is_for_all_at(NOW))
    .order_by(Post.menu_order, Post.id)
    .limit(MOST_MENU_ITEMS)
)


def _next_one(where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    found = select(func.min(Post.published_at).label("moment")).where(where).subquery()
    return select(literal("next"), literal(0), literal(""), literal(""), found.c.moment)


# Built once, because every page asks for it: building takes ten times as long as executing.
SITE = union_all(
    select(
        literal("setting").label("kind"),
        literal(0).label("place"),
        Setting.name.label("key"),
        Setting.value,
        NO_MOMENT.label("moment"),
    ),
    select(MENU.subquery()),
    _next_one(Post.will_be_listed_after(NOW)),
    _next_one(and_(Post.is_page, Post.published_at > NOW)),
)


def load_blog(session: Session) -> Blog:
    """The owner's decisions, in one statement."""
    return Blog.from_rows({row.name: row.value for row in session.execute(ALL_SETTINGS)})


def load_site(session: Session, now: datetime) -> Site:
    """The owner's decisions and the pages in the menu that everybody may read, in one statement."""
    rows = read_rows(session, SITE, {"now": now}).all()
    blog = Blog.from_rows({row.key: row.value for row in rows if row.kind == "setting"})
    pages = sorted((row for row in rows if row.kind == "menu"), key=lambda row: (row.place, row.key))
    moments = [row.moment for row in rows if row.kind == "next" and row.moment is not None]
    return Site(blog, tuple(MenuItem(f"/{row.key}", row.value) for row in pages), min(moments, default=None))


def find_setting(session: Session, name: str) -> Setting | None:
    """The stored row of one setting."""
    return session.get(Setting, name)
