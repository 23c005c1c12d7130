"""What robots ask for first."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from web.feeds.addresses import absolute_address
from web.http.responses import share

PRIVATE = ("/write", "/manage", "/account", "/messages")


def show(request: Request) -> Response:
    """Everything may be read but what needs an account."""
    share(request, has_posts=False)
    forbidden = "".join(f"Disallow: {path}\n" for path in PRIVATE)
    return PlainTextResponse(f"User-agent: *\n{forbidden}\nSitemap: {absolute_address(request, 'feeds.sitemap')}\n")
