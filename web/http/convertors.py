"""What a slug and an id may look like in an address. Anything else is no address: 404, without a statement."""

from starlette.convertors import Convertor, register_url_convertor

from web.pages.rules import RESERVED


class SlugConvertor(Convertor[str]):
    """Lower-case words with hyphens."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class PageConvertor(SlugConvertor):
    """A slug at the root of the blog that is not the beginning of another address."""

    regex = rf"(?!(?:{'|'.join(sorted(RESERVED))})\Z){SlugConvertor.regex}"


class NameConvertor(SlugConvertor):
    """A username, in whatever case somebody wrote the link."""

    regex = "[A-Za-z0-9._-]{1,50}"


class KeyConvertor(Convertor[int]):
    """The number of a row: no more digits than a database's key can have."""

    regex = "[0-9]{1,18}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


class TokenConvertor(SlugConvertor):
    """256 random bits, as `secrets.token_urlsafe(32)` writes them."""

    regex = "[A-Za-z0-9_-]{43}"


def register() -> None:
    """Make `{slug:slug}`, `{slug:page}`, `{username:name}`, `{id:key}` and `{token:token}` known to the routes."""
    register_url_convertor("slug", SlugConvertor())
    register_url_convertor("page", PageConvertor())
    register_url_convertor("name", NameConvertor())
    register_url_convertor("key", KeyConvertor())
    register_url_convertor("token", TokenConvertor())
