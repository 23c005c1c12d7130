"""Which addresses pages can have, and who makes them: pure functions."""

from web.models.user import User

# The beginnings of all other addresses, and some that may be wanted one day. A test holds them against the URL map.
RESERVED = frozenset(
    """
    account admin api archive assets authors comments feed feeds favicon healthz health help home index login logout
    manage media messages metrics page pages posts preview readyz robots rss search series setup sign-in sign-out
    sign-up sitemap static tags trackback webmention well-known write
    """.split()
)


def may_manage(user: User | None) -> bool:
    """Editors make pages."""
    return user is not None and user.may_manage


def slug_problem(slug: str) -> str | None:
    """Why a page cannot have this address; None when it can."""
    if slug not in RESERVED:
        return None
    return f"The address “/{slug}” belongs to the blog itself. Please change the slug first."
