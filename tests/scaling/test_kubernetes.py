"""The manifests in deploy/kubernetes are valid, fit together, and promise what docs/scaling.md says of them."""

import copy
import re
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml

from web.cli.serve import SECONDS_TO_FINISH
from web.routes import EARLY
from web.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "kubernetes"
VERSION = "1.37"
DOCKERFILE = (ROOT / "Dockerfile").read_text()

# What the operator's own definition says of the fields that are used here (postgresql.cnpg.io/v1, Cluster).
RESOURCES = {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}}}
CLUSTER_SPEC = {
    "type": "object",
    "required": ["instances"],
    "additionalProperties": False,
    "properties": {
        "instances": {"type": "integer", "minimum": 1},
        "bootstrap": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "initdb": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"database": {"type": "string"}, "owner": {"type": "string"}},
                }
            },
        },
        "storage": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"size": {"type": "string", "pattern": r"^\d+[KMGT]i$"}},
        },
        "postgresql": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "synchronous": {
                    "type": "object",
                    "required": ["method", "number"],
                    "additionalProperties": False,
                    "properties": {
                        "method": {"enum": ["any", "first"]},
                        "number": {"type": "integer", "minimum": 1},
                        "dataDurability": {"enum": ["required", "preferred"]},
                    },
                }
            },
        },
        "resources": RESOURCES,
    },
}


def documents() -> dict[str, Any]:
    """Each manifest by the kind of what it describes."""
    found = [yaml.safe_load(path.read_text()) for path in sorted(FOLDER.glob("*.yaml"))]
    assert len({item["kind"] for item in found}) == len(found)
    return {item["kind"]: item for item in found}


DOCUMENTS = documents()
KUBERNETES_OWN = sorted(set(DOCUMENTS) - {"Kustomization", "Cluster"})
PODS = {kind: DOCUMENTS[kind]["spec"]["template"] for kind in ("Deployment", "Job")}


@pytest.mark.parametrize("kind", KUBERNETES_OWN)
def test_each_manifest_fits_its_schema(kind: str) -> None:
    kubernetes_validate.validate(DOCUMENTS[kind], VERSION, strict=True)


@pytest.mark.parametrize("kind", KUBERNETES_OWN)
def test_a_word_that_the_schema_does_not_know_is_refused(kind: str) -> None:
    broken = copy.deepcopy(DOCUMENTS[kind])
    broken["spek"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, VERSION, strict=True)


def test_the_database_fits_what_the_operator_says() -> None:
    cluster = DOCUMENTS["Cluster"]
    assert cluster["apiVersion"] == "postgresql.cnpg.io/v1"
    jsonschema.validate(cluster["spec"], CLUSTER_SPEC)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(cluster["spec"] | {"instances": "three"}, CLUSTER_SPEC)
    assert cluster["spec"]["instances"] > cluster["spec"]["postgresql"]["synchronous"]["number"] >= 1


def test_every_manifest_is_applied() -> None:
    others = {path.name for path in FOLDER.glob("*.yaml")} - {"kustomization.yaml"}
    assert set(DOCUMENTS["Kustomization"]["resources"]) == others
    assert DOCUMENTS["Kustomization"]["namespace"] == DOCUMENTS["Namespace"]["metadata"]["name"]


def test_every_variable_is_a_setting_and_makes_sense() -> None:
    data: dict[str, str] = DOCUMENTS["ConfigMap"]["data"]
    fields = {name.removeprefix("COLOPHON_").lower(): value for name, value in data.items()}
    assert set(fields) <= set(Settings.model_fields)
    settings = Settings(**fields)
    assert settings.is_https
    assert settings.storage_bucket, "pods share no disk"
    name = DOCUMENTS["Cluster"]["metadata"]["name"]
    assert f"@{name}-rw/" in settings.database_url
    assert f"@{name}-ro/" in settings.database_replica_url


def test_secrets_are_named_and_not_told() -> None:
    assert "Secret" not in DOCUMENTS
    for pod in PODS.values():
        (container,) = pod["spec"]["containers"]
        assert container["envFrom"] == [
            {"configMapRef": {"name": DOCUMENTS["ConfigMap"]["metadata"]["name"]}},
            {"secretRef": {"name": "colophon"}},
        ]
        (password,) = container["env"]
        assert password["valueFrom"]["secretKeyRef"]["name"] == f"{DOCUMENTS['Cluster']['metadata']['name']}-app"
    guide = (ROOT / "docs" / "scaling.md").read_text()
    assert "kubectl --namespace colophon create secret generic colophon" in guide
    assert "--from-literal=COLOPHON_SECRET_KEY=" in guide


@pytest.mark.parametrize("kind", PODS)
def test_pods_have_no_rights(kind: str) -> None:
    spec = PODS[kind]["spec"]
    (container,) = spec["containers"]
    inner = container["securityContext"]
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert f"--uid {spec['securityContext']['runAsUser']} " in DOCKERFILE
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["automountServiceAccountToken"] is False
    assert inner["readOnlyRootFilesystem"] is True
    assert inner["allowPrivilegeEscalation"] is False
    assert inner["capabilities"] == {"drop": ["ALL"]}
    assert container["resources"]["limits"]["memory"]


def test_what_is_selected_is_there() -> None:
    labels = PODS["Deployment"]["metadata"]["labels"]
    assert DOCUMENTS["Service"]["spec"]["selector"] == labels
    assert DOCUMENTS["Deployment"]["spec"]["selector"]["matchLabels"] == labels
    assert DOCUMENTS["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert PODS["Job"]["metadata"]["labels"] != labels, "nothing is sent to a migration"
    (container,) = PODS["Deployment"]["spec"]["containers"]
    (port,) = DOCUMENTS["Service"]["spec"]["ports"]
    assert port["targetPort"] == container["ports"][0]["name"]
    (rule,) = DOCUMENTS["Ingress"]["spec"]["rules"]
    backend = rule["http"]["paths"][0]["backend"]["service"]
    assert backend == {"name": DOCUMENTS["Service"]["metadata"]["name"], "port": {"name": port["name"]}}
    assert DOCUMENTS["ConfigMap"]["data"]["COLOPHON_BASE_URL"] == f"https://{rule['host']}"
    assert DOCUMENTS["PodDisruptionBudget"]["spec"]["minAvailable"] < DOCUMENTS["Deployment"]["spec"]["replicas"]


def test_probes_ask_what_is_answered_without_session_and_host_check() -> None:
    (container,) = PODS["Deployment"]["spec"]["containers"]
    paths = {name: container[name]["httpGet"]["path"] for name in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert paths == {"startupProbe": "/healthz", "livenessProbe": "/healthz", "readinessProbe": "/readyz"}
    assert set(paths.values()) <= set(EARLY)


def test_a_pod_may_finish_before_it_is_killed() -> None:
    spec = PODS["Deployment"]["spec"]
    (container,) = spec["containers"]
    pause = container["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert pause + SECONDS_TO_FINISH < spec["terminationGracePeriodSeconds"]


def test_uploads_fit_through_the_ingress() -> None:
    size = DOCUMENTS["Ingress"]["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-body-size"]
    found = re.fullmatch(r"(\d+)m", size)
    assert found
    settings = Settings()
    assert int(found[1]) * 2**20 >= 5 * settings.image_limit + settings.body_limit
