"""The database rules about models, and each check fails when a model breaks its rule."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, configure_mappers, mapped_column, registry, relationship

import web.models  # noqa: F401 - so that all tables are known
from tests.architecture import mappers
from web.database import Base
from web.database.base import NAMING_CONVENTION

Check = Callable[[registry], list[str]]

# The children that go with their parent: rule 10 wants them written out.
OWNED = {
    "Comment.rel_replies",
    "Comment.rel_search",
    "Media.rel_post_associations",
    "Message.rel_user_associations",
    "Post.rel_comments",
    "Post.rel_editing_sequences",
    "Post.rel_editing_sessions",
    "Post.rel_revisions",
    "Post.rel_media_associations",
    "Post.rel_preview_links",
    "Post.rel_related_associations",
    "Post.rel_relating_associations",
    "Post.rel_search",
    "Post.rel_series_associations",
    "Post.rel_tag_associations",
    "Post.rel_user_associations",
    "Series.rel_post_associations",
    "Tag.rel_post_associations",
    "Tag.rel_search",
    "User.rel_editing_sessions",
    "User.rel_login_sessions",
    "User.rel_message_associations",
    "User.rel_post_associations",
    "User.rel_rescued_texts",
    "User.rel_search",
}
cascades = partial(mappers.wrong_cascades, owned=OWNED)

CHECKS: list[Check] = [
    mappers.tables_without_classes,
    mappers.lazy_relationships,
    mappers.one_sided_relationships,
    mappers.misnamed_relationships,
    mappers.secondary_tables,
    mappers.misnamed_foreign_keys,
    mappers.misnamed_constraints,
    mappers.wrong_associations,
    mappers.wrong_lookups,
    cascades,
]


@pytest.mark.parametrize("check", CHECKS)
def test_the_models_hold_the_rules(check: Check) -> None:
    configure_mappers()
    assert check(Base.registry) == []


Body = dict[str, object]
KEY = {"id": lambda: mapped_column(Integer, primary_key=True)}


def models(**classes: dict[str, Callable[[], object]]) -> registry:
    """Mapped classes on a base of their own: names of classes, with their attributes. Tables are in snake case."""

    class Broken(DeclarativeBase):
        metadata = MetaData(naming_convention=NAMING_CONVENTION)

    for name, attributes in classes.items():
        table = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).strip("_")
        body: Body = {key: make() for key, make in (attributes or KEY).items()}
        # Kept in `info`, because the registry alone does not keep its classes alive.
        Broken.metadata.info[name] = type(name, (Broken,), {"__tablename__": table, **body})
    Broken.registry.configure()
    return Broken.registry


def key_to(target: str, **options: object) -> Callable[[], object]:
    return lambda: mapped_column(ForeignKey(target, ondelete="CASCADE"), **options)


def link(target: str, back: str | None = None, **options: object) -> Callable[[], object]:
    options = {"lazy": "raise", "back_populates": back, **options}
    return lambda: relationship(target, **options)


ORPHANS = {"cascade": "all, delete-orphan", "passive_deletes": True}
CHILD = {**KEY, "parent_id": key_to("parent.id"), "rel_parent": link("Parent", "rel_children")}
PARENT = {**KEY, "rel_children": link("Child", "rel_parent", **ORPHANS)}


def family(child: dict[str, Callable[[], object]] | None = None, **parent: Callable[[], object]) -> registry:
    """A parent and a child that keep all rules, but for what is changed."""
    return models(Parent={**PARENT, **parent}, Child={**CHILD, **(child or {})})


def test_a_family_without_faults_is_left_alone() -> None:
    owned = partial(mappers.wrong_cascades, owned={"Parent.rel_children"})
    for check in [*CHECKS[:-1], owned]:
        assert check(family()) == []


def test_a_bare_table_is_found() -> None:
    found = family()
    Table("bare", found.metadata, Column("id", String, primary_key=True))
    assert mappers.tables_without_classes(found) == ["bare has no class"]


@pytest.mark.parametrize("lazy", ["select", "selectin", "joined", "raise_on_sql", "dynamic", "write_only"])
def test_a_lazy_relationship_is_found(lazy: str) -> None:
    found = family(rel_children=link("Child", "rel_parent", lazy=lazy, **ORPHANS))
    assert mappers.lazy_relationships(found) == [f"Parent.rel_children is lazy={lazy!r}"]


def test_a_relationship_with_one_side_is_found() -> None:
    found = models(Parent={}, Child={**CHILD, "rel_parent": link("Parent")})
    assert mappers.one_sided_relationships(found) == ["Child.rel_parent has no other side"]


def test_a_relationship_with_a_side_made_by_backref_is_found() -> None:
    found = models(Parent={}, Child={**CHILD, "rel_parent": link("Parent", backref="rel_children")})
    assert "Child.rel_parent has no other side" in mappers.one_sided_relationships(found) or mappers.lazy_relationships(
        found
    ) == ["Parent.rel_children is lazy='select'"]


def test_a_relationship_without_its_prefix_is_found() -> None:
    found = models(
        Parent={**KEY, "children": link("Child", "rel_parent")},
        Child={**CHILD, "rel_parent": link("Parent", "children")},
    )
    assert mappers.misnamed_relationships(found) == ["Parent.children is not named as what it is"]


def test_a_column_with_the_prefix_of_relationships_is_found() -> None:
    found = models(Parent={**KEY, "rel_name": lambda: mapped_column(String(10))})
    assert mappers.misnamed_relationships(found) == ["Parent.rel_name is not named as what it is"]


def test_a_secondary_table_is_found() -> None:
    pair = {"parent_id": key_to("parent.id", primary_key=True), "tag_id": key_to("tag.id", primary_key=True)}
    found = models(Tag={}, Parent={**KEY, "rel_tags": link("Tag", secondary="parent_tag")}, ParentTag=pair)
    assert mappers.secondary_tables(found) == ["Parent.rel_tags goes through a table"]


def test_a_foreign_key_that_hides_its_table_is_found() -> None:
    found = models(Parent={}, Child={**KEY, "owner": key_to("parent.id")})
    assert mappers.misnamed_foreign_keys(found) == ["child.owner does not name parent_id"]


def test_a_foreign_key_may_say_more() -> None:
    found = models(Parent={}, Child={**KEY, "first_parent_id": key_to("parent.id")})
    assert mappers.misnamed_foreign_keys(found) == []


def test_a_nameless_constraint_is_found() -> None:
    found = family()
    found.metadata.naming_convention = {}
    found.metadata.tables["child"].append_constraint(UniqueConstraint("parent_id"))
    Index(None, found.metadata.tables["child"].c.parent_id)
    assert "child has a nameless UniqueConstraint" in mappers.misnamed_constraints(found)


def test_an_association_with_a_wrong_name_is_found() -> None:
    pair = {"post_id": key_to("post.id", primary_key=True), "tag_id": key_to("tag.id", primary_key=True)}
    found = models(Post={}, Tag={}, Tagging=pair)
    assert mappers.wrong_associations(found) == ["Tagging is not named after Post and Tag"]
    assert mappers.wrong_associations(models(Post={}, Tag={}, PostTagAssociation=pair)) == []


def test_an_association_with_a_key_of_its_own_is_found() -> None:
    pair = {**KEY, "post_id": key_to("post.id"), "tag_id": key_to("tag.id")}
    found = models(Post={}, Tag={}, PostTagAssociation=pair)
    assert mappers.wrong_associations(found) == ["PostTagAssociation has a key that is not made of two sides"]


def test_wrong_lookups_are_found() -> None:
    code = {"code": lambda: mapped_column(String(20), primary_key=True)}
    long_code = {"code": lambda: mapped_column(String(200), primary_key=True)}
    assert mappers.wrong_lookups(models(RoleLookup=code)) == []
    assert mappers.wrong_lookups(models(RoleLookup=KEY)) == ["RoleLookup has no short code"]
    assert mappers.wrong_lookups(models(RoleLookup=long_code)) == ["RoleLookup has no short code"]
    assert mappers.wrong_lookups(models(Role=code)) == ["Role is a lookup by another name"]


def test_a_cascade_that_nobody_listed_is_found() -> None:
    found = mappers.wrong_cascades(family(), owned=())
    assert found == [
        "Parent.rel_children cascades delete, delete-orphan, expunge, refresh-expire",
        "Parent.rel_children is ON DELETE {'CASCADE'} and should be SET NULL",
    ]


def test_a_listed_cascade_that_is_not_written_is_found() -> None:
    found = family(rel_children=link("Child", "rel_parent", passive_deletes=True))
    (problem,) = mappers.wrong_cascades(found, owned={"Parent.rel_children"})
    assert problem == "Parent.rel_children cascades delete, delete-orphan, expunge, refresh-expire"


def test_a_database_that_says_something_else_is_found() -> None:
    found = family({"parent_id": lambda: mapped_column(ForeignKey("parent.id"))})
    (problem,) = mappers.wrong_cascades(found, owned={"Parent.rel_children"})
    assert problem == "Parent.rel_children is ON DELETE {None} and should be CASCADE"


def test_deleting_child_by_child_is_found() -> None:
    found = family(rel_children=link("Child", "rel_parent", cascade="all, delete-orphan"))
    (problem,) = mappers.wrong_cascades(found, owned={"Parent.rel_children"})
    assert problem == "Parent.rel_children does not leave deleting to the database"


def test_a_listed_cascade_of_nothing_is_found() -> None:
    assert "Parent.rel_gone does not exist" in mappers.wrong_cascades(family(), owned={"Parent.rel_gone"})
