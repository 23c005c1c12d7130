"""docker-compose.yml is valid, and it promises what the guide says of it."""

import re
from pathlib import Path

import pytest
import yaml
from compose_spec import PyCompose
from compose_spec.models import ComposeSpecification, Service, ServiceDependsOnCondition
from sqlalchemy import make_url

from web.database.mariadb import LEAST_PACKET_BYTES

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
VARIABLE = re.compile(r"\$\{(\w+):-([^}]*)\}")

# Each blog and its database; those of a profile run only when they are asked for.
BLOGS = {"web": "database", "web-mariadb": "mariadb"}


def with_defaults(text: str) -> str:
    """The file as it is read where no variable is set."""
    return VARIABLE.sub(r"\2", text)


@pytest.fixture(scope="module")
def compose() -> ComposeSpecification:
    # The validator does not know merge keys, which Compose does: they are resolved before.
    return PyCompose.from_yaml(yaml.safe_dump(yaml.safe_load(with_defaults(TEXT)))).to_spec()


@pytest.fixture
def services(compose: ComposeSpecification) -> dict[str, Service]:
    assert compose.services
    return compose.services


def test_it_needs_no_variable(services: dict[str, Service]) -> None:
    assert "$" not in with_defaults(TEXT)
    assert {name for name, service in services.items() if not service.profiles} == {"web", "database"}


def test_mariadb_is_there_for_whoever_asks(services: dict[str, Service]) -> None:
    assert {name: service.profiles for name, service in services.items() if service.profiles} == {
        "web-mariadb": {"mariadb"},
        "mariadb": {"mariadb"},
    }
    written = yaml.safe_load(with_defaults(TEXT))["services"]
    url = make_url(written["web-mariadb"]["environment"]["COLOPHON_DATABASE_URL"])
    names = ("MARIADB_USER", "MARIADB_PASSWORD", "MARIADB_DATABASE")
    assert [url.username, url.password, url.database] == [written["mariadb"]["environment"][name] for name in names]
    assert url.host == "mariadb"
    assert "colophon[mariadb]" in DOCKERFILE


def test_the_longest_post_fits_into_a_packet_of_that_server() -> None:
    (megabytes,) = re.findall(r"--max-allowed-packet=(\d+)M", TEXT)
    assert int(megabytes) * 1024 * 1024 > LEAST_PACKET_BYTES


@pytest.mark.parametrize(("blog", "database"), BLOGS.items())
def test_the_blog_waits_for_a_healthy_database(services: dict[str, Service], blog: str, database: str) -> None:
    waits_for = services[blog].depends_on
    assert isinstance(waits_for, dict)
    conditions = {name: each.condition for name, each in waits_for.items()}
    assert conditions == {database: ServiceDependsOnCondition.service_healthy}
    assert all(service.healthcheck for service in services.values())


@pytest.mark.parametrize("database", BLOGS.values())
def test_the_database_is_not_reachable_from_outside(
    compose: ComposeSpecification, services: dict[str, Service], database: str
) -> None:
    assert not services[database].ports
    assert services[database].networks == {"back"}
    assert compose.networks
    back = compose.networks["back"]
    assert back
    assert back.internal


def test_what_must_survive_lies_in_named_volumes(compose: ComposeSpecification) -> None:
    assert set(compose.volumes or {}) == {"data", "database", "mariadb"}
    assert "- data:/data" in TEXT
    assert "COLOPHON_DATA=/data" in DOCKERFILE


@pytest.mark.parametrize("blog", BLOGS)
def test_the_blog_runs_without_rights(services: dict[str, Service], blog: str) -> None:
    assert services[blog].read_only
    assert services[blog].cap_drop == {"ALL"}
    last_user = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)[-1]
    assert last_user == "colophon"


def test_every_variable_of_the_file_is_explained_in_it() -> None:
    explained = re.findall(r"^#   (\w+) ", TEXT.split("services:")[0], re.MULTILINE)
    assert {name for name, _ in VARIABLE.findall(TEXT)} == set(explained)


@pytest.mark.parametrize("name", [*BLOGS, *BLOGS.values()])
def test_services_come_back_after_a_restart(services: dict[str, Service], name: str) -> None:
    assert services[name].restart is not None
