"""docker-compose.yml is valid, and it promises what the guide says of it."""

import re
from pathlib import Path

import pytest
from compose_spec import PyCompose
from compose_spec.models import ComposeSpecification, Service, ServiceDependsOnCondition

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
VARIABLE = re.compile(r"\$\{(\w+):-([^}]*)\}")


def with_defaults(text: str) -> str:
    """The file as it is read where no variable is set."""
    return VARIABLE.sub(r"\2", text)


@pytest.fixture(scope="module")
def compose() -> ComposeSpecification:
    return PyCompose.from_yaml(with_defaults(TEXT)).to_spec()


@pytest.fixture
def services(compose: ComposeSpecification) -> dict[str, Service]:
    assert compose.services
    return compose.services


def test_it_needs_no_variable(services: dict[str, Service]) -> None:
    assert "$" not in with_defaults(TEXT)
    assert set(services) == {"web", "database"}


def test_the_blog_waits_for_a_healthy_database(services: dict[str, Service]) -> None:
    waits_for = services["web"].depends_on
    assert isinstance(waits_for, dict)
    assert waits_for["database"].condition is ServiceDependsOnCondition.service_healthy
    assert all(service.healthcheck for service in services.values())


def test_the_database_is_not_reachable_from_outside(
    compose: ComposeSpecification, services: dict[str, Service]
) -> None:
    assert not services["database"].ports
    assert services["database"].networks == {"back"}
    assert compose.networks
    back = compose.networks["back"]
    assert back
    assert back.internal


def test_what_must_survive_lies_in_named_volumes(compose: ComposeSpecification) -> None:
    assert set(compose.volumes or {}) == {"data", "database"}
    assert "- data:/data" in TEXT
    assert "COLOPHON_DATA=/data" in DOCKERFILE


def test_the_blog_runs_without_rights(services: dict[str, Service]) -> None:
    assert services["web"].read_only
    assert services["web"].cap_drop == {"ALL"}
    last_user = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)[-1]
    assert last_user == "colophon"


def test_every_variable_of_the_file_is_explained_in_it() -> None:
    explained = re.findall(r"^#   (\w+) ", TEXT.split("services:")[0], re.MULTILINE)
    assert {name for name, _ in VARIABLE.findall(TEXT)} == set(explained)


@pytest.mark.parametrize("name", ["web", "database"])
def test_services_come_back_after_a_restart(services: dict[str, Service], name: str) -> None:
    assert services[name].restart is not None
