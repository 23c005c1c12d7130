"""Markdown files become posts, once however often they come."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import joinedload, selectinload

from tests.support.factories import Make
from tests.support.reading import Read
from tests.transfer.files import Write, front
from web.database import Database
from web.models.post import Post, UserPostAssociation
from web.models.post_state import PostStatus
from web.models.slug import Slug
from web.models.tag import PostTagAssociation, Tag
from web.models.user import Role, User
from web.transfer import authors
from web.transfer.folder import find_post_files
from web.transfer.markdown_import import MarkdownImport, Report
from web.transfer.storing import Outcome, Terms

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WITH_CREDITS = (
    joinedload(Post.rel_user_associations).joinedload(UserPostAssociation.rel_user),
    selectinload(Post.rel_tag_associations).joinedload(PostTagAssociation.rel_tag),
)


def run(database: Database, folder: Path, *, update: bool = False, default_author: str = "") -> Report:
    job = MarkdownImport(database, Terms(NOW, update, default_author))
    list(job.run(find_post_files(folder)))
    return job.report


def only_post(read: Read) -> Post:
    (post,) = read.all(Post, *WITH_CREDITS)
    return post


def test_a_file_becomes_a_published_post(database: Database, read: Read, write: Write, tmp_path: Path) -> None:
    fields = "title: T\ndate: 2017-01-20\nauthors: [Ada Lovelace, grace]\ntags: [Type, SQL]\nsummary: S"
    write(front(f"{fields}\nredirect_from: /old/", "*Body*"))
    report = run(database, tmp_path)
    post = only_post(read)
    assert report.outcomes == {Outcome.IMPORTED: 1}
    assert (post.title, post.body, post.summary, post.slug) == ("T", "*Body*", "S", "some-post")
    assert (post.body_html, post.excerpt) == ("<p><em>Body</em></p>\n", "Body")
    assert post.post_status_lookup_code == PostStatus.PUBLISHED
    assert post.published_at == post.updated_at == post.created_at == datetime(2017, 1, 20, tzinfo=UTC)
    assert [author.username for author in post.authors] == ["ada-lovelace", "grace"]
    assert [tag.name for tag in post.tags] == ["Type", "SQL"]
    assert {slug.slug: slug.post_id for slug in read.all(Slug)} == {"some-post": post.id, "old": post.id}


def test_unknown_authors_cannot_sign_in(database: Database, read: Read, write: Write, tmp_path: Path) -> None:
    write(front("title: T\nauthor: Ada Lovelace"))
    run(database, tmp_path)
    (ada,) = read.all(User)
    assert (ada.username, ada.display_name, ada.email) == ("ada-lovelace", "Ada Lovelace", None)
    assert (ada.is_active, ada.password_hash, ada.role_lookup_code) == (False, None, Role.AUTHOR)


def test_known_authors_are_found_by_either_name(
    database: Database, make: Make, read: Read, write: Write, tmp_path: Path
) -> None:
    make.user("ada", display_name="Ada Lovelace")
    write(front("title: A\nauthors: [ADA LOVELACE, Ada, grace]"), "a.md")
    write(front("title: B\nauthor: Grace"), "b.md")
    run(database, tmp_path)
    assert [user.username for user in read.all(User)] == ["ada", "grace"]


def test_somebody_who_signs_up_at_the_same_moment_is_the_author(database: Database, make: Make) -> None:
    ada = make.user("ada")
    with database.session() as session:
        assert authors._make(session, "ada", "Ada", NOW).id == ada.id


def test_what_names_nobody_is_the_owners(
    database: Database, make: Make, read: Read, write: Write, tmp_path: Path
) -> None:
    make.user("reader")
    owner = make.user("boss", role=Role.OWNER)
    write(front("title: T"))
    run(database, tmp_path)
    assert [author.id for author in only_post(read).authors] == [owner.id]


def test_what_names_nobody_can_be_somebody_elses(
    database: Database, make: Make, read: Read, write: Write, tmp_path: Path
) -> None:
    make.user("ada")
    write(front("title: T"))
    assert run(database, tmp_path, default_author="Nobody").failures[0][1] == "Nobody is called Nobody."
    run(database, tmp_path, default_author="Ada")
    assert [author.username for author in only_post(read).authors] == ["ada"]


def test_tags_are_merged_by_their_address(database: Database, read: Read, write: Write, tmp_path: Path) -> None:
    write(front("title: A\ntags: [Open Source, open-source]"), "a.md")
    write(front("title: B\ntags: [OPEN SOURCE]"), "b.md")
    run(database, tmp_path)
    assert [(tag.slug, tag.name) for tag in read.all(Tag)] == [("open-source", "Open Source")]


def test_the_same_folder_twice_changes_nothing(database: Database, read: Read, write: Write, tmp_path: Path) -> None:
    fields = "title: T\nauthors: [ada, Ada, '李明']\ntags: [b, a, B]\nredirect_from: /old/"
    write(front(fields))
    write(front("title: Draft\ndraft: true\ntags: []"), "draft.md")
    write(front("title: No date\nauthor: ada"), "no-date.md")
    run(database, tmp_path)
    before = [(post.id, post.updated_at) for post in read.all(Post)]
    report = run(database, tmp_path, update=True)
    assert report.outcomes == {Outcome.UNCHANGED: 3}
    assert report.warnings == []
    assert [(post.id, post.updated_at) for post in read.all(Post)] == before
    assert (read.count(Slug), read.count(User), read.count(Tag)) == (4, 2, 2)


@pytest.mark.parametrize(
    "change", ["title: New", "title: T\ntags: x", "title: T\nauthor: grace", "title: T\ndate: 2016-01-01"]
)
def test_what_differs_is_left_alone_unless_asked_for(
    database: Database, read: Read, write: Write, tmp_path: Path, change: str
) -> None:
    write(front("title: T\nauthor: ada"))
    run(database, tmp_path)
    path = write(front(f"title: T\n{change}"))
    report = run(database, tmp_path)
    assert (report.outcomes, report.left_alone) == (
        {Outcome.FILE_CHANGED: 1},
        [(path, Outcome.FILE_CHANGED)],
    )
    assert only_post(read).summary == ""
    assert run(database, tmp_path, update=True).outcomes == {Outcome.UPDATED: 1}
    assert run(database, tmp_path, update=True).outcomes == {Outcome.UNCHANGED: 1}


def test_an_update_takes_everything_from_the_file(database: Database, read: Read, write: Write, tmp_path: Path) -> None:
    write(front("title: T\nauthors: [ada, grace]\ntags: [a, b]\ndate: 2017-01-01", "Old"))
    run(database, tmp_path)
    write(front("title: New\nauthors: [linus, ada]\ntags: [c, b]\ndate: 2016-01-01\nredirect_from: /x/", "New"))
    run(database, tmp_path, update=True)
    post = only_post(read)
    assert (post.title, post.body, post.body_html, post.slug) == ("New", "New", "<p>New</p>\n", "some-post")
    assert [author.username for author in post.authors] == ["linus", "ada"]
    assert [tag.name for tag in post.tags] == ["c", "b"]
    assert (post.published_at, post.updated_at) == (datetime(2016, 1, 1, tzinfo=UTC), NOW)
    assert read(Slug, "x") is not None


def test_a_post_whose_address_changed_is_still_known(
    database: Database, make: Make, read: Read, write: Write, tmp_path: Path
) -> None:
    post = make.post(title="Renamed", body="Text.", published_at=NOW)
    make.add(Slug(slug="some-post", post_id=post.id, created_at=NOW))
    write(front("title: Renamed\ndate: 2026-11-22 12:00"))
    assert run(database, tmp_path).outcomes == {Outcome.UNCHANGED: 1}
    assert only_post(read).slug == "renamed"


def test_a_deleted_post_stays_deleted(database: Database, make: Make, read: Read, write: Write, tmp_path: Path) -> None:
    make.post(title="Some post", deleted_at=NOW)
    write(front("title: New words"))
    assert run(database, tmp_path, update=True).outcomes == {Outcome.DELETED_HERE: 1}
    assert only_post(read).title == "Some post"


def test_drafts_stay_drafts(database: Database, read: Read, write: Write, tmp_path: Path) -> None:
    write(front("title: T\ndraft: true"))
    run(database, tmp_path)
    post = only_post(read)
    assert (post.post_status_lookup_code, post.published_at) == (PostStatus.DRAFT, None)


def test_a_future_post_is_a_draft_and_named(database: Database, read: Read, write: Write, tmp_path: Path) -> None:
    write(front("title: T\ndate: 2027-01-01"))
    assert "in the future" in run(database, tmp_path).warnings[0][1]
    assert only_post(read).published_at is None


def test_what_has_no_date_is_published_now(database: Database, read: Read, write: Write, tmp_path: Path) -> None:
    write(front("title: T"), "no-date.md")
    run(database, tmp_path)
    assert only_post(read).published_at == NOW


def test_dates_are_in_the_blogs_time_zone(
    database: Database, make: Make, read: Read, write: Write, tmp_path: Path
) -> None:
    make.setting("zone", "Asia/Tokyo")
    write(front("title: T\ndate: 2017-01-20"))
    run(database, tmp_path)
    assert only_post(read).published_at == datetime(2017, 1, 20, tzinfo=ZoneInfo("Asia/Tokyo"))


def test_one_name_on_two_days_makes_two_posts(database: Database, read: Read, write: Write, tmp_path: Path) -> None:
    for name in ("2015-03-04-news.md", "2014-01-02-news.md", "sub/2015-03-04-news.md", "zz/news.md"):
        write(front(f"title: {name}"), name)
    report = run(database, tmp_path)
    expected = ["news", "news-2015-03-04", "news-3", "news-2"]
    assert sorted(post.slug for post in read.all(Post)) == sorted(expected)
    assert "because 2014-01-02-news.md has “news”" in report.warnings[0][1]
    assert run(database, tmp_path).outcomes == {Outcome.UNCHANGED: 4}


def test_a_bad_file_stops_nothing_and_leaves_nothing(
    database: Database, make: Make, read: Read, write: Write, tmp_path: Path
) -> None:
    make.post(title="Taken")
    make.add(Slug(slug="gone", post_id=None, created_at=NOW))
    write("no front matter", "a.md")
    write(front("title: B\nauthor: new\ntags: new\nredirect_from: /taken/"), "b.md")
    write(front("title: C\nslug: gone"), "c.md")
    write(front("title: D\nauthor: '!?'"), "d.md")
    write(front("title: Good"), "e.md")
    report = run(database, tmp_path)
    reasons = {path.name: reason for path, reason in report.failures}
    assert list(reasons) == ["a.md", "b.md", "c.md", "d.md"]
    assert reasons["b.md"] == "The old address “taken” is, or was, that of another post."
    assert "belonged to a post that is gone" in reasons["c.md"]
    assert reasons["d.md"] == "No username can be made of the author “!?”."
    assert [post.slug for post in read.all(Post)] == ["taken", "e"]
    assert read.count(Tag) == 0


def test_files_are_done_one_by_one(database: Database, read: Read, write: Write, tmp_path: Path) -> None:
    write(front("title: A"), "a.md")
    write(front("title: B"), "b.md")
    steps = MarkdownImport(database, Terms(NOW + timedelta(days=1))).run(find_post_files(tmp_path))
    assert next(steps).name == "a.md"
    assert [post.slug for post in read.all(Post)] == ["a"]
