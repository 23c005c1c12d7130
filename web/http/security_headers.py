"""The headers that tell browsers what they must not do: around everything, error pages included."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ONE_YEAR_SECONDS = 31_536_000


def content_security_policy(image_sources: str) -> str:
    """The policy of every page: scripts and styles from the blog's own files only, nothing inline."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            f"img-src {image_sources}",
            "media-src 'self' https:",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeadersMiddleware:
    """Adds the headers to whatever answer passes, where it has not set its own."""

    def __init__(self, app: ASGIApp, *, image_sources: str, is_https: bool) -> None:
        self.app = app
        self.headers = {
            "content-security-policy": content_security_policy(image_sources),
            "x-content-type-options": "nosniff",
            "referrer-policy": "strict-origin-when-cross-origin",
            "cross-origin-opener-policy": "same-origin",
            "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
        }
        if is_https:
            self.headers["strict-transport-security"] = f"max-age={ONE_YEAR_SECONDS}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)
