"""Each request has an id and one line in the log, which tells no secrets."""

import logging
import re

import pytest
from starlette.testclient import TestClient

ID = re.compile(r"[0-9a-f]{12}")


def test_each_answer_has_an_id_of_its_own(client: TestClient) -> None:
    ids = [
        client.get(path).headers["x-request-id"]
        for path in ("/sign-in", "/sign-in", "/static/css/base.css", "/nothing")
    ]
    assert len(set(ids)) == len(ids)
    assert all(ID.fullmatch(identity) for identity in ids)


def test_one_line_says_what_happened(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "colophon.request"):
        response = client.get("/posts/nothing?token=secret")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "colophon.request"]
    assert re.fullmatch(response.headers["x-request-id"] + r" GET '/posts/nothing' 404 \d+\.\d ms", line)


@pytest.mark.parametrize("path", ["/archive", "/sign-in"])
def test_the_line_names_the_method_that_was_sent(
    client: TestClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with caplog.at_level(logging.INFO, "colophon.request"):
        client.head(path)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "colophon.request"]
    assert f" HEAD '{path}' 200 " in line


def test_a_secret_link_is_not_told(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "colophon.request"):
        client.get(f"/preview/{'a' * 43}")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "colophon.request"]
    assert "GET '/preview/…' 404" in line


def test_a_path_cannot_forge_a_line(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "colophon.request"):
        client.get("/x%0A2026-11-22 INFO all is well")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "colophon.request"]
    assert "\n" not in line


def test_a_fault_is_logged_with_the_id_on_its_page(faulty: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    response = faulty.get("/fault/plain?token=secret")
    (record,) = [record for record in caplog.records if record.name == "colophon.error"]
    identity = response.headers["x-request-id"]
    assert record.getMessage() == f"{identity} GET '/fault/plain' failed"
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], KeyError)
    assert identity in response.text


def test_a_fault_has_its_line_in_the_log_too(faulty: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "colophon.request"):
        faulty.get("/fault/plain")
    assert any("'/fault/plain' 500" in record.getMessage() for record in caplog.records)
