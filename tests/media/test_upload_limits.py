"""How much may be sent, and what happens when there is no place for it."""

import pytest
from starlette.testclient import TestClient

from tests.media.samples import picture, saved
from tests.media.uploading import GOOD, as_script, upload
from tests.support.clients import make_app
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.htmx import as_htmx
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.database import Database
from web.media.storage_s3 import S3Storage
from web.models.media import Media
from web.models.user import User
from web.settings import Settings


def test_a_body_over_the_limit_is_refused(settings: Settings, database: Database, clock: Clock, make: Make) -> None:
    small = settings.model_copy(update={"image_limit": 1_000, "body_limit": 1_000})
    with TestClient(make_app(small, database, clock), headers={"Sec-Fetch-Site": "same-origin"}) as client:
        response = upload(client, ("a.png", b"x" * 6_000))
        assert (response.status_code, "too large" in response.text) == (413, True)
        assert client.post("/sign-in", data={"login": "x" * 2_000}).status_code == 413


def test_the_limits_are_settings(settings: Settings, database: Database, clock: Clock, make: Make) -> None:
    make.user("ada", role="author")
    small = settings.model_copy(update={"image_limit": 1_500_000, "image_megapixels": 1})
    with TestClient(make_app(small, database, clock), headers={"Sec-Fetch-Site": "same-origin"}) as client:
        client.post("/sign-in", data={"login": "ada", "password": PASSWORD})
        too_many = upload(client, ("a.png", saved(picture(1001, 1000))), headers=as_script)
        assert "1.0 megapixels (1,001 × 1,000); it can have at most 1." in too_many.json()["error"]
        too_large = upload(client, ("a.png", b"x" * 1_500_001), headers=as_script)
        assert "at most 1.5 MB" in too_large.json()["error"]


@pytest.mark.parametrize("headers", [None, as_htmx, as_script])
def test_a_disk_that_is_full_stores_nothing_and_says_so(
    browser: TestClient, read: Read, settings: Settings, headers: dict[str, str] | None
) -> None:
    settings.data.mkdir(exist_ok=True)
    (settings.data / "media").write_text("a file where the folder should be")
    response = upload(browser, ("a.png", GOOD), headers=headers)
    assert (response.status_code, "Back in a moment" in response.text) == (503, True)
    assert read.all(Media) == []


def test_a_bucket_holds_what_was_uploaded_and_readers_get_it_from_us(
    s3_settings: Settings, database: Database, clock: Clock, ada: User, read: Read
) -> None:
    settings = s3_settings.model_copy(update={"password_memory_kib": 8, "password_rounds": 1})
    with TestClient(make_app(settings, database, clock), headers={"Sec-Fetch-Site": "same-origin"}) as client:
        client.post("/sign-in", data={"login": "ada", "password": PASSWORD})
        answer = upload(client, ("a.png", GOOD), headers=as_script).json()
        whole = client.get(answer["url"])
        assert (whole.status_code, whole.headers["content-type"]) == (200, "image/png")
        assert client.head(answer["url"]).headers["content-length"] == str(len(whole.content))
        again = client.get(answer["url"], headers={"If-None-Match": whole.headers["etag"]})
        assert again.status_code == 304
        stored = {file.name: file.byte_size for file in S3Storage(settings).list()}
        (media,) = read.all(Media)
        assert stored[media.name] == len(whole.content)
        assert len(stored) == 2
        client.post(f"/media/{media.id}/deletion")
        assert client.get(answer["url"]).status_code == 404
        assert list(S3Storage(settings).list()) == []
