"""Search in MariaDB: a column of tokens with a FULLTEXT index over it.

How such an index cuts a text, which words it finds too short, too long or too common, is set for the whole server and
not for a blog. So it is given tokens of sixteen letters and digits, one for each word or mark: nothing to cut, and as
long as the longest "shortest word" a server can be set to.

Such an index knows no order and always gives all hits. So each word has tokens more, one for the word in each stretch
of 2,048 and of 32,768 keys, and stretches are asked one after the other, from the newest on, until there is enough.
"""

from base64 import b32encode
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, column, literal_column, select, table, text
from sqlalchemy.dialects import mysql
from sqlalchemy.dialects.mysql import match
from sqlalchemy.orm import Session

from web.search.indexes import Index, Row
from web.search.labels import STRETCH
from web.search.wanted import Wanted

TOKENS = "search_tokens"
# Exponents of the sizes of stretches: with these, the newest hits are found among fewer than 5,000 in a million posts,
# however common a word is.
STRETCHES = (11, 15)
DIGEST_BYTES = 10
PORTION = 200


def put(session: Session, index: Index, rows: Sequence[Row]) -> None:
    """Store words and marks, and the tokens of both, in the place of what was there."""
    names = (index.key.key, "words", "labels", TOKENS)
    statement = mysql.insert(table(index.table, *map(column, names)))
    statement = statement.values({name: bindparam(name) for name in names})
    changed = {name: statement.inserted[name] for name in names[1:]}
    with_tokens = [{**row, TOKENS: tokens_of(row[names[0]], row["words"], row["labels"])} for row in rows]
    session.execute(statement.on_duplicate_key_update(changed), with_tokens)


def add_missing(model: type[Any]) -> Any:
    """An INSERT that leaves alone what is there already."""
    # What IGNORE forgives beyond that, a word that is too long, is none: words are cut.
    return mysql.insert(model).prefix_with("IGNORE")


def matching(index: Index, wanted: Wanted) -> ColumnElement[bool]:
    """A condition for the hits, in whatever order."""
    return _matches(index, wanted, [""])


def newest(
    session: Session, statement: Select[int], index: Index, wanted: Wanted, highest: int, limit: int
) -> list[int]:
    """The keys of the newest hits, from `highest` down: one statement for each stretch that is looked at."""
    found: list[int] = []
    for bits in STRETCHES:
        number = highest >> bits
        stretches = [_stretch(bits, number), _stretch(bits, number - 1)]
        lowest = (number - 1) << bits
        found += _look(session, statement.where(_matches(index, wanted, stretches)), index, (lowest, highest), limit)
        highest = lowest - 1
        if len(found) >= limit or highest < 0:
            return found[:limit]
    found += _look(session, statement.where(matching(index, wanted)), index, (0, highest), limit)
    return found[:limit]


def is_in_step(session: Session, index: Index) -> bool:
    """Whether the tokens are those of the words and marks beside them; MariaDB itself brings them into its index."""
    stored = table(index.table, *map(column, (index.key.key, "words", "labels", TOKENS)))
    key, last = stored.c[index.key.key], 0
    while rows := session.execute(select(stored).where(key > last).order_by(key).limit(PORTION)).all():
        if any(tokens_of(*row[:3]) != row[3] for row in rows):
            return False
        last = rows[-1][0]
    return True


def rebuild(session: Session, index: Index) -> None:
    """Make the table and its index anew, without the traces that each change leaves in it."""
    session.execute(text(f'ALTER TABLE "{index.table}" FORCE'))


def tokens_of(key: int, words: str, labels: str) -> str:
    """The tokens of all words and marks of something, and those of the stretches in which its key lies."""
    stretches = ["", *(_stretch(bits, key >> bits) for bits in STRETCHES)]
    # The marks of stretches are for engines that find a word and a mark together quickly.
    there = {*words.split(), *(mark for mark in labels.split() if not mark.startswith(STRETCH))}
    return " ".join(_token(word, stretch) for word in sorted(there) for stretch in stretches)


def _look(
    session: Session, statement: Select[int], index: Index, between: tuple[int, int], limit: int
) -> Sequence[int]:
    # Not the key itself: the table shall not be walked in its order.
    narrowed = statement.where((index.key + 0).between(*between))
    return session.scalars(narrowed.order_by((index.key + 0).desc()).limit(limit)).all()


def _matches(index: Index, wanted: Wanted, stretches: Sequence[str]) -> ColumnElement[bool]:
    parts = [f"+({_one_of(group, stretches)})" for group in wanted.needed]
    if wanted.without:
        parts.append(f"-({_one_of(wanted.without, stretches)})")
    tokens: ColumnElement[str] = literal_column(f"{index.table}.{TOKENS}")
    return match(tokens, against=" ".join(parts)).in_boolean_mode()


def _one_of(words: Iterable[str], stretches: Sequence[str]) -> str:
    return " ".join(_token(word, stretch) for word in sorted(words) for stretch in stretches)


def _stretch(bits: int, number: int) -> str:
    return f" {bits} {number}"


def _token(word: str, stretch: str) -> str:
    """Sixteen letters and digits that stand for a word, or for a word in a stretch, and for hardly anything else."""
    digest = blake2b((word + stretch).encode(), digest_size=DIGEST_BYTES).digest()
    return b32encode(digest).decode().lower()
