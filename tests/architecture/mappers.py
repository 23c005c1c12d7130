"""Checks how tables hang together, read from the mapped classes themselves."""

from collections.abc import Collection, Iterable

from sqlalchemy import String, Table
from sqlalchemy.orm import Mapper, RelationshipProperty, registry

SHORT = 50
ORDINARY_CASCADES = {"save-update", "merge"}
OWNED_CASCADES = ORDINARY_CASCADES | {"delete", "delete-orphan", "expunge", "refresh-expire"}


def tables_without_classes(mappers: registry) -> list[str]:
    """Tables that are no ORM classes, such as bare association tables."""
    mapped = {mapper.local_table for mapper in mappers.mappers}
    return [f"{table.name} has no class" for table in mappers.metadata.sorted_tables if table not in mapped]


def lazy_relationships(mappers: registry) -> list[str]:
    """Relationships that could load something behind somebody's back."""
    return [f"{_name(found)} is lazy={found.lazy!r}" for found in _relationships(mappers) if found.lazy != "raise"]


def one_sided_relationships(mappers: registry) -> list[str]:
    """Relationships that are not written on both sides with `back_populates`."""
    found = []
    for relationship in _relationships(mappers):
        back = relationship.mapper.relationships.get(relationship.back_populates or "")
        if back is None or back.back_populates != relationship.key or back.mapper is not relationship.parent:
            found.append(f"{_name(relationship)} has no other side")
    return found


def misnamed_relationships(mappers: registry) -> list[str]:
    """Relationship attributes that do not begin with `rel_`, and others that do."""
    found = [_name(relationship) for relationship in _relationships(mappers) if not relationship.key.startswith("rel_")]
    for mapper in mappers.mappers:
        others = {prop.key for prop in mapper.attrs} - set(mapper.relationships.keys())
        found += [f"{mapper.class_.__name__}.{key}" for key in others if key.startswith("rel_")]
    return [f"{name} is not named as what it is" for name in found]


def secondary_tables(mappers: registry) -> list[str]:
    """Relationships through a table that has no object."""
    return [f"{_name(found)} goes through a table" for found in _relationships(mappers) if found.secondary is not None]


def misnamed_foreign_keys(mappers: registry) -> list[str]:
    """Foreign-key columns that do not say which table and column they point to."""
    return [
        f"{table.name}.{column.name} does not name {key.column.table.name}_{key.column.name}"
        for table in mappers.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if column.name != (target := f"{key.column.table.name}_{key.column.name}")
        and not column.name.endswith(f"_{target}")
    ]


def misnamed_constraints(mappers: registry) -> list[str]:
    """Constraints and indexes without a name: migrations could not speak of them."""
    return [
        f"{table.name} has a nameless {type(thing).__name__}"
        for table in mappers.metadata.sorted_tables
        for thing in [*table.constraints, *table.indexes]
        if not thing.name
    ]


def wrong_associations(mappers: registry) -> list[str]:
    """Association classes that are not named after both sides, or whose key is not made of both."""
    found = []
    for mapper in mappers.mappers:
        name, sides = mapper.class_.__name__, _sides(mapper, mappers)
        is_named_so = name.endswith("Association")
        if is_named_so and len(sides) != 2:
            found.append(f"{name} has a key that is not made of two sides")
        elif len(sides) == 2 and name not in _names_of_both(sides):
            found.append(f"{name} is not named after {' and '.join(sides)}")
    return found


def wrong_lookups(mappers: registry) -> list[str]:
    """Lookups that have no short readable code as their key, and tables of codes that are not named as lookups."""
    found = []
    for mapper in mappers.mappers:
        name, table = mapper.class_.__name__, mapper.local_table
        assert isinstance(table, Table)
        has_code = [column.name for column in table.primary_key] == ["code"] and _is_short(table.c.code.type)
        if name.endswith("Lookup") != table.name.endswith("_lookup"):
            found.append(f"{name} and its table {table.name} disagree")
        elif name.endswith("Lookup") and not has_code:
            found.append(f"{name} has no short code")
        elif has_code and not name.endswith("Lookup"):
            found.append(f"{name} is a lookup by another name")
    return found


def wrong_cascades(mappers: registry, owned: Collection[str]) -> list[str]:
    """Cascades that are not in the list of owned children, or that the database's foreign keys do not say too."""
    found = []
    for relationship in _relationships(mappers):
        name, cascades = _name(relationship), set(relationship.cascade)
        wanted = OWNED_CASCADES if name in owned else ORDINARY_CASCADES
        if cascades != wanted:
            found.append(f"{name} cascades {', '.join(sorted(cascades ^ wanted))}")
        found += _disagreements(relationship, is_owned=name in owned)
    known = {_name(relationship) for relationship in _relationships(mappers)}
    return found + [f"{name} does not exist" for name in sorted(set(owned) - known)]


def _disagreements(relationship: RelationshipProperty[object], *, is_owned: bool) -> Iterable[str]:
    if relationship.direction.name != "ONETOMANY":
        return []
    name = _name(relationship)
    rules = {key.ondelete for column in relationship.remote_side for key in column.foreign_keys}
    is_lookup = relationship.parent.class_.__name__.endswith("Lookup")
    # Lookup rows are never deleted: the database refuses. What else is not owned outlives its parent.
    expected = "CASCADE" if is_owned else None if is_lookup else "SET NULL"
    found = [] if rules == {expected} else [f"{name} is ON DELETE {rules} and should be {expected}"]
    if not is_lookup and not relationship.passive_deletes:
        found.append(f"{name} does not leave deleting to the database")
    return found


def _relationships(mappers: registry) -> list[RelationshipProperty[object]]:
    found = [relationship for mapper in mappers.mappers for relationship in mapper.relationships]
    return sorted(found, key=_name)


def _name(relationship: RelationshipProperty[object]) -> str:
    return f"{relationship.parent.class_.__name__}.{relationship.key}"


def _sides(mapper: Mapper[object], mappers: registry) -> list[str]:
    """The classes that the parts of a composite key point to; none when a part points nowhere."""
    classes = {other.local_table: other.class_.__name__ for other in mappers.mappers}
    table = mapper.local_table
    assert isinstance(table, Table)
    targets = [[classes[key.column.table] for key in column.foreign_keys] for column in table.primary_key]
    return [target[0] for target in targets] if len(targets) > 1 and all(targets) else []


def _names_of_both(sides: list[str]) -> set[str]:
    return {f"{first}{second}Association" for first, second in (sides, reversed(sides))}


def _is_short(kind: object) -> bool:
    return isinstance(kind, String) and kind.length is not None and kind.length <= SHORT
