"""What views about images take from the application."""

from typing import cast

from starlette.requests import Request

from web.media.storage import Storage
from web.media.workshop import Workshop


def workshop(request: Request) -> Workshop:
    """Where uploaded files become images."""
    return cast(Workshop, request.app.state.workshop)


def storage(request: Request) -> Storage:
    """Where their files lie."""
    return workshop(request).storage
