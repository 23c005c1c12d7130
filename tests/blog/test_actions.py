from threading import Barrier, Thread

from tests.conftest import Counted
from tests.support.factories import Make
from tests.support.reading import Read
from web.blog.actions import change_settings
from web.blog.queries import load_blog
from web.database import Database
from web.models.setting import Blog, Setting


def stored(read: Read) -> dict[str, str]:
    return {setting.name: setting.value for setting in read.all(Setting)}


def test_only_what_differs_is_stored(database: Database, make: Make, read: Read) -> None:
    make.setting("title", "Old")
    with database.session() as session:
        values = {"title": "New", "language": "en", "zone": "Europe/Berlin"}
        assert change_settings(session, load_blog(session), values) == ["title", "zone"]
    assert stored(read) == {"title": "New", "zone": "Europe/Berlin"}


def test_what_stays_as_it_is_writes_nothing(database: Database, make: Make, counted: Counted) -> None:
    make.setting("title", "Notes")
    with database.session() as session:
        blog = load_blog(session)
        with counted() as statements:
            assert change_settings(session, blog, vars(Blog()) | {"title": "Notes"}) == []
            session.flush()
    assert statements == []


def test_a_value_can_go_back_to_its_default(database: Database, make: Make, read: Read) -> None:
    make.setting("language", "de")
    with database.session() as session:
        change_settings(session, load_blog(session), {"language": "en"})
    assert stored(read) == {"language": "en"}


def test_two_who_store_the_same_setting_for_the_first_time(database: Database, read: Read) -> None:
    at_once = Barrier(2)

    def change(title: str) -> None:
        at_once.wait()
        with database.session() as session:
            change_settings(session, load_blog(session), {"title": title})

    threads = [Thread(target=change, args=(title,)) for title in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stored(read)["title"] in ("One", "Two")


def test_the_faster_one_of_two_does_not_make_the_other_fail(database: Database, read: Read) -> None:
    if database.has_one_writer:
        return
    with database.session() as slow:
        blog = load_blog(slow)
        # Looked for and not there; then somebody else stores it and commits.
        assert slow.get(Setting, "title") is None
        with database.session() as fast:
            change_settings(fast, blog, {"title": "Fast"})
        slow.add(Setting(name="language", value="de"))
        assert change_settings(slow, blog, {"title": "Slow"}) == ["title"]
    assert stored(read) == {"title": "Slow", "language": "de"}
