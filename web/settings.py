"""What the person who runs the blog decides outside of it: environment variables, read once at start."""

import fcntl
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

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
    database_replica_url: str = Field(default="", description="SQLAlchemy URL of a standby that readers may read from.")
    database_replica_lag: int = Field(default=5, ge=1, le=300, description="Seconds that it may be behind.")
    secret_key: str = Field(default="", description="Signs cookies; made and kept in the data folder when empty.")
    base_url: str = Field(default="", description="Public address; taken from each request when empty.")
    trusted_hosts: str = Field(default="*", description="Host names to answer to, separated by commas.")
    trusted_proxies: str = Field(default="127.0.0.1", description="Addresses whose X-Forwarded headers are believed.")
    image_sources: str = Field(default="'self' data: https:", description="Where posts may show images from (CSP).")
    page_cache_bytes: int = Field(default=24_000_000, ge=0, description="Memory for finished pages; 0 keeps none.")
    cdn_seconds: int = Field(default=0, ge=0, description="For how long a CDN may keep a page without asking.")
    sql_echo: bool = Field(default=False, description="Print every statement.")
    sql_panel: bool = Field(default=False, description="Show under each page the statements that it took.")
    body_limit: int = Field(default=15_000_000, ge=1_000, description="Largest request body in bytes.")
    image_limit: int = Field(default=20_000_000, ge=1_000, description="Largest image that may be uploaded, in bytes.")
    image_megapixels: int = Field(default=50, ge=1, le=500, description="Most megapixels that an image may have.")
    storage_bucket: str = Field(default="", description="S3 bucket for images; the data folder when empty.")
    storage_endpoint: str = Field(default="", description="Address of the S3 service; Amazon’s own when empty.")
    storage_region: str = Field(default="us-east-1", description="Region of the bucket.")
    storage_access_key: str = Field(default="", description="Access key for the bucket.")
    storage_secret_key: str = Field(default="", description="Secret key that belongs to it.", repr=False)
    password_memory_kib: int = Field(default=19_456, ge=8, description="Memory that hashing a password takes.")
    password_rounds: int = Field(default=2, ge=1, description="Passes over that memory.")

    @field_validator("base_url")
    @classmethod
    def _check_base_url(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        value = value.rstrip("/")
        if value and not urlsplit(value).hostname:
            raise ValueError("must have a host name, as in https://example.org")
        if value.count("/") > 2 or "?" in value or "#" in value:
            raise ValueError("must end after the host: a blog has a host name of its own")
        return value

    @field_validator("storage_endpoint")
    @classmethod
    def _check_storage_endpoint(cls, value: str) -> str:
        if value and not (value.startswith(("http://", "https://")) and urlsplit(value).hostname):
            raise ValueError("must begin with http:// or https:// and have a host name")
        return value

    @field_validator("trusted_hosts")
    @classmethod
    def _check_trusted_hosts(cls, value: str) -> str:
        names = _names_in(value)
        if not names or any("*" in name.removeprefix("*.") for name in names if name != "*"):
            raise ValueError("must be names, *.example.org for all below a name, or * for any")
        return value

    @field_validator("image_sources")
    @classmethod
    def _check_image_sources(cls, value: str) -> str:
        if not value.isprintable() or ";" in value or "," in value:
            raise ValueError("must be the sources of one CSP directive, separated by spaces")
        return value

    @field_validator("database_url", "database_replica_url")
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
        return _names_in(self.trusted_hosts)

    def read_secret_key(self) -> str:
        """The key that signs cookies. The first call on a new data folder makes and stores one."""
        if self.secret_key:
            return self.secret_key
        path = self.data / "secret.key"
        key = path.read_text().strip() if path.exists() else ""
        return key or _make_secret_key(path)


def find_folder(name: str) -> Path:
    """Where `templates` or `static` lies: inside the package when installed, beside it in a checkout."""
    packed = HERE / name
    return packed if packed.is_dir() else HERE.parent / name


def _names_in(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _make_secret_key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        # Several processes may start at once: the first one writes, and the others find what it wrote.
        fcntl.flock(file, fcntl.LOCK_EX)
        key = file.read().strip()
        if not key:
            key = secrets.token_urlsafe(48)
            file.write(key + "\n")
        return key
