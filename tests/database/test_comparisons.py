"""Strings are equal when they are the same, in every letter and blank; and each character can be stored."""

import pytest
from sqlalchemy import select

from tests.support.reading import Read
from web.database import Database
from web.models.tag import Tag

ALL_DIFFERENT = ["word", "Word", "word ", "wörd", "wo\u0308rd", "straße", "strasse", "\U0001f600", "\U0001f638", ""]


@pytest.fixture
def _all(database: Database) -> None:
    with database.session() as session:
        session.add_all([Tag(slug=name, name=name) for name in ALL_DIFFERENT])


@pytest.mark.usefixtures("_all")
def test_different_strings_do_not_take_each_others_place(read: Read) -> None:
    assert {(tag.slug, tag.name) for tag in read.all(Tag)} == {(name, name) for name in ALL_DIFFERENT}


@pytest.mark.usefixtures("_all")
@pytest.mark.parametrize("name", ALL_DIFFERENT)
def test_only_the_same_string_is_found(database: Database, name: str) -> None:
    with database.session(read_only=True) as session:
        assert session.scalars(select(Tag.name).where(Tag.slug == name)).all() == [name]
        assert session.scalars(select(Tag.name).where(Tag.slug.in_([name, "nothing"]))).all() == [name]
