"""A wheel, and an environment with the wheel and exactly what the wheel says it needs.

The dependencies are not fetched again: those that the wheel names, and those that these name, are linked from
the environment that runs the tests. What is not declared is not there.
"""

import os
import subprocess
import sys
import venv
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement


def build(target: str, source: Path, output: Path, **environment: str) -> Path:
    """Build an "sdist" or a "wheel" and give its path; the environment's variables are added to ours."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", output],
        cwd=source,
        check=True,
        capture_output=True,
        env=os.environ | environment,
    )
    (built,) = output.iterdir()
    return built


def make_environment(folder: Path, wheel: Path) -> Path:
    """Make the environment and install the wheel; CalledProcessError where a requirement is not met."""
    venv.create(folder, with_pip=False, symlinks=True)
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(folder / "bin" / "python"),
        "--disable-pip-version-check",
    ]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], check=True)
    (site_packages,) = folder.glob("lib/python*/site-packages")
    (metadata,) = site_packages.glob("colophon-*.dist-info")
    for needed in requirements_of(Distribution.at(metadata)).values():
        link(needed, site_packages)
    subprocess.run([*pip, "check"], check=True)
    return folder


def requirements_of(start: Distribution) -> dict[str, Distribution]:
    """All distributions that this one needs, directly or not, by name."""
    found: dict[str, Distribution] = {}
    waiting = [(start, "")]
    while waiting:
        needy, extra = waiting.pop()
        for requirement in map(Requirement, needy.requires or []):
            if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
                continue
            needed = distribution(requirement.name)
            known = requirement.name in found
            found[requirement.name] = needed
            waiting += [(needed, name) for name in requirement.extras]
            if not known:
                waiting.append((needed, ""))
    return found


def link(needed: Distribution, site_packages: Path) -> None:
    """Link the distribution's top-level files and folders into that place."""
    tops = {file.parts[0] for file in needed.files or []} - {"..", "__pycache__"}
    for top in tops:
        target = site_packages / top
        if not target.exists():
            target.symlink_to(Path(str(needed.locate_file(top))))
