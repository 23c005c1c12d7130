"""Which posts show which images is known whenever a post is saved."""

from tests.conftest import Counted
from tests.media.conftest import MakeMedia
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.media.cards import picture_of
from web.models.media import Media, PostMediaAssociation
from web.models.post import Post
from web.models.user import User


def shown_by(read: Read) -> set[tuple[int, int]]:
    return {(use.post_id, use.media_id) for use in read.all(PostMediaAssociation)}


def test_saving_notes_what_a_post_shows(ada: User, sign_in: SignIn, make_media: MakeMedia, read: Read) -> None:
    first, second = make_media(ada, is_kept=False), make_media(ada, is_kept=False)
    browser = sign_in(ada)
    words = {"title": "Paper", "body": f"![]({picture_of(first.name).url})"}
    location = browser.post("/write", data=words).headers["location"]
    (post,) = read.all(Post)
    assert shown_by(read) == {(post.id, first.id)}
    assert [media.is_kept for media in read.all(Media)] == [True, False]
    smaller = f"/media/files/{picture_of(second.name).smaller_names[0]}"
    browser.post(location, data=words | {"body": f"{words['body']} <img src='{smaller}' alt=''>"})
    assert shown_by(read) == {(post.id, first.id), (post.id, second.id)}
    browser.post(location, data=words | {"body": "Nothing."})
    assert shown_by(read) == set()
    assert [media.is_kept for media in read.all(Media)] == [True, True]


def test_addresses_of_nothing_are_left_alone(ada: User, sign_in: SignIn, read: Read) -> None:
    body = f"![](/media/files/{'0' * 32}-5x5.png)"
    assert sign_in(ada).post("/write", data={"title": "Paper", "body": body}).status_code == 303
    assert shown_by(read) == set()


def test_a_post_that_is_gone_shows_nothing(ada: User, make: Make, make_media: MakeMedia, read: Read) -> None:
    media, post = make_media(ada), make.post(ada)
    make.show(post, media)
    assert shown_by(read) == {(post.id, media.id)}
    with make.database.session() as session:
        session.delete(session.get_one(Post, post.id))
    assert shown_by(read) == set()
    assert read.count(Media) == 1


def test_saving_asks_only_when_the_images_change(
    ada: User, sign_in: SignIn, make: Make, make_media: MakeMedia, counted: Counted
) -> None:
    browser, post = sign_in(ada), make.post(ada, title="Paper", body="One.")
    costs = []
    images = [make_media(ada) for _ in range(20)]
    for body in ("Two.", f"![]({picture_of(images[0].name).url})", " ".join(picture_of(m.name).url for m in images)):
        with counted() as statements:
            assert browser.post(f"/write/{post.id}", data={"title": "Paper", "body": body}).status_code == 303
        costs.append(len([statement for statement in statements if "media" in statement and "SELECT" in statement]))
    assert costs == [0, 2, 2]


def test_images_of_changes_that_are_not_published_yet_are_used(
    ada: User, sign_in: SignIn, make: Make, make_media: MakeMedia, read: Read
) -> None:
    browser, post, image = sign_in(ada), make.post(ada, title="Paper", body="One."), make_media(ada)
    form = soup(browser.get(f"/write/{post.id}")).form("#editor")
    typed = form | {"body": f"![]({picture_of(image.name).url})"}
    browser.post(f"/write/{post.id}/autosave", data=typed, headers=as_htmx)
    assert read.count(PostMediaAssociation) == 1
    browser.post(f"/write/{post.id}", data=typed | {"body": "One.", "sequence": "2"})
    assert read.count(PostMediaAssociation) == 0
