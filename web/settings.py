"""What the person who runs the blog decides outside of it: environment variables, read once at start."""

import os
import secrets
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

HERE = Path(__file__).resolve().parent


class Settings(BaseSettings):
    """All settings, checked once. Each is an environment variable with the prefix `COLOPHON_`.

    Raises pydantic.ValidationError, which names the variable, when one makes no sense.
    """

    model_config = SettingsConfigDict(env_prefix="COLOPHON_", frozen=True, extra="ignore")

    data: Path = Field(default=Path("data"), description="The folder that holds everything the blog owns.")
    database_url: str = Field(default="", description="SQLAlchemy URL; an SQLite file in the data folder when empty.")
    database_slots: int = Field(default=2, ge=1, le=100, description="Units of work that may be under way at once.")
    secret_key: str = Field(default="", description="Signs cookies; made and kept in the data folder when empty.")
    base_url: str = Field(default="", description="Public address; taken from each request when empty.")
    trusted_hosts: str = Field(default="*", description="Host names to answer to, separated by commas.")
    trusted_proxies: str = Field(default="127.0.0.1", description="Addresses whose X-Forwarded headers are believed.")
    image_sources: str = Field(default="'self' data: https:", description="Where posts may show images from (CSP).")
    sql_echo: bool = Field(default=False, description="Print every statement.")
    sql_panel: bool = Field(default=False, description="Show under each page the statements that it took.")
    body_limit: int = Field(default=5_000_000, ge=1_000, description="Largest request body in bytes.")
    password_memory_kib: int = Field(default=19_456, ge=8, description="Memory that hashing a password takes.")
    password_rounds: int = Field(default=2, ge=1, description="Passes over that memory.")

    @field_validator("base_url")
    @classmethod
    def _check_base_url(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _accept_short_scheme(cls, value: str) -> str:
        # Hosting platforms hand out postgres:// addresses, which SQLAlchemy does not know.
        return value.replace("postgres://", "postgresql://", 1) if value.startswith("postgres://") else value

    @property
    def effective_database_url(self) -> str:
        """The database's URL: what was set, else the SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.data.resolve() / 'colophon.sqlite3'}"

    @property
    def is_https(self) -> bool:
        """Whether readers come over https, as far as the settings tell."""
        return self.base_url.startswith("https://")

    @property
    def host_names(self) -> list[str]:
        """The trusted hosts as a list."""
        return [name.strip() for name in self.trusted_hosts.split(",") if name.strip()]

    def read_secret_key(self) -> str:
        """The key that signs cookies. The first call on a new data folder makes and stores one."""
        if self.secret_key:
            return self.secret_key
        self.data.mkdir(parents=True, exist_ok=True)
        path = self.data / "secret.key"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(descriptor, "w") as file:
            key = secrets.token_urlsafe(48)
            file.write(key + "\n")
        return key


def find_folder(name: str) -> Path:
    """Where `templates` or `static` lies: inside the package when installed, beside it in a checkout."""
    packed = HERE / name
    return packed if packed.is_dir() else HERE.parent / name
