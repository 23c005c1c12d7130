"""The exceptions that a view may raise; each rolls back and becomes a page."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException


class NotFoundError(HTTPException):
    """There is no such thing, or the person may not see it, which is the same from outside."""

    def __init__(self, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(404, headers=headers)


class ForbiddenError(HTTPException):
    """The person sees it but may not do that with it."""

    def __init__(self) -> None:
        super().__init__(403)


class TooManyRequestsError(HTTPException):
    """The person must wait. `wait_minutes` is how long."""

    def __init__(self, wait_minutes: int) -> None:
        super().__init__(429, headers={"Retry-After": str(wait_minutes * 60)})
        self.wait_minutes = wait_minutes


class SignInRequiredError(Exception):
    """A stranger asked for something that needs an account."""
