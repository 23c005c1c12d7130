"""The bare server: plain ASGI, answers recorded before it started, the same bytes every time.

uvicorn runs it as `bench.bare:app`; BENCH_ANSWERS names the file with the answers. Their addresses are numbers: `/0`
is the first. Nothing of Colophon is imported here, so that memory and speed are those of uvicorn.
"""

import base64
import json
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

Message = dict[str, Any]
Answers = dict[str, tuple[Message, Message]]


def read_answers(path: Path) -> Answers:
    """What `bench.recorded` stored, by address, as ready ASGI messages."""
    answers: Answers = {}
    for number, entry in enumerate(json.loads(path.read_text())):
        headers = [(name.encode(), value.encode()) for name, value in entry["headers"]]
        start = {"type": "http.response.start", "status": entry["status"], "headers": headers}
        body = {"type": "http.response.body", "body": base64.b64decode(entry["body"])}
        answers[f"/{number}"] = (start, body)
    return answers


READY: tuple[Message, Message] = (
    {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]},
    {"type": "http.response.body", "body": b""},
)
ANSWERS = read_answers(Path(os.environ["BENCH_ANSWERS"])) if "BENCH_ANSWERS" in os.environ else {}


async def app(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Read the request to its end, as a server must, and say what was recorded."""
    if scope["method"] == "POST":
        while (await receive()).get("more_body"):
            pass
    # Whoever waits for the server to come up asks for an address that no row has.
    start, body = ANSWERS.get(scope["path"], READY)
    await send(start)
    await send(body)
