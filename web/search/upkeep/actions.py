"""Makes the whole index anew, and looks whether it is in step. Each portion is a unit of work of its own."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from web.database import Database
from web.search import dialects
from web.search.actions import store
from web.search.upkeep.queries import EVERYTHING, documents_after, find_known, forget_words


def rebuild(database: Database) -> Iterator[int]:
    """Note anew what everything says. Yields after each portion how much it was; the blog may go on serving."""
    with database.session() as session:
        forget_words(session)
    for _, index, _ in EVERYTHING:
        last = 0
        while True:
            with database.session() as session:
                documents = documents_after(session, index, last)
                store(session, index, documents)
            if not documents:
                break
            last = documents[-1].key
            yield len(documents)
        with database.session() as session:
            dialects.of(session).rebuild(session, index)


def find_faults(session: Session) -> dict[str, int]:
    """How many tags, people, comments and posts are known wrongly; of an engine's own index that it is out of step."""
    faults = {}
    for name, index, _ in EVERYTHING:
        last, count = 0, 0
        while documents := documents_after(session, index, last):
            known = find_known(session, index, [document.key for document in documents])
            count += sum(known.get(document.key) != document for document in documents)
            last = documents[-1].key
        faults[name] = count
        faults[f"index of {name}"] = 0 if dialects.of(session).is_in_step(session, index) else 1
    return {name: count for name, count in faults.items() if count}
