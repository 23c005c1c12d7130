"""What a container's health check or a load balancer asks."""

from typing import cast

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from web.database.replica import Replica
from web.health.readiness import Readiness

NOT_KEPT = {"Cache-Control": "no-store"}
RETRY_AFTER_SECONDS = "5"


async def health(_request: Request) -> Response:
    """The process is alive: it can say so."""
    return PlainTextResponse("ok\n", headers=NOT_KEPT)


async def ready(request: Request) -> Response:
    """The database can be reached and has the schema that this version wants. A replica only is told of."""
    problem = await cast(Readiness, request.app.state.readiness).problem()
    if problem is None:
        replica = cast("Replica | None", request.app.state.replica)
        told = f"replica {replica.describe()}\n" if replica else ""
        return PlainTextResponse(f"ready\n{told}", headers=NOT_KEPT)
    headers = {**NOT_KEPT, "Retry-After": RETRY_AFTER_SECONDS}
    return PlainTextResponse(f"{problem}\n", status_code=503, headers=headers)
