"""A person as the list of people shows them: plain values, by which the list remembers how they were printed."""

from datetime import datetime
from typing import NamedTuple

from web.models.user import User as StoredUser


class User(NamedTuple):
    """One person. The element that shows them has the same id as that of the model."""

    id: int
    username: str
    email: str | None
    display_name: str
    is_active: bool
    role_lookup_code: str
    created_at: datetime

    @classmethod
    def of(cls, stored: StoredUser) -> "User":
        """The same of a stored person."""
        return cls(
            stored.id,
            stored.username,
            stored.email,
            stored.display_name,
            stored.is_active,
            stored.role_lookup_code,
            stored.created_at,
        )
