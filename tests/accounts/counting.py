"""A hasher that tells how often it worked."""

from tests.support.passwords import LOW_COST
from web.accounts.passwords import Passwords


class Counting(Passwords):
    """Hashes as ever, and counts how often a password was checked, which takes the same time whatever the answer."""

    def __init__(self) -> None:
        super().__init__(**LOW_COST)
        self.verifications = 0

    def verify(self, password: str, stored: str | None) -> tuple[bool, str | None]:
        self.verifications += 1
        return super().verify(password, stored)
