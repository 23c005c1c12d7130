"""The one-time token with which the first account is made.

It is a signature of the blog's secret key: whoever can read the server's output can compute it,
nothing needs to be stored, and it ends with the first account.
"""

import hashlib
import hmac


def make(secret_key: str) -> str:
    """The token of a blog with this key."""
    return hmac.new(secret_key.encode(), b"colophon setup", hashlib.sha256).hexdigest()[:32]


def is_right(token: str, secret_key: str) -> bool:
    """Whether somebody has the token; takes the same time for all wrong ones."""
    return hmac.compare_digest(token.encode(), make(secret_key).encode())
