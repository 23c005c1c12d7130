"""The bare server: plain ASGI, answers recorded before it started, the same bytes every time.

uvicorn runs it as `bench.bare:app`; BENCH_ANSWERS names the file with the answers.
"""

import base64
import json
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from bench.answers import Answer
from bench.rows import Row

Message = dict[str, Any]
Answers = dict[tuple[str, str], tuple[Message, Message]]


def write_answers(path: Path, answers: Mapping[Row, Answer]) -> None:
    """Store answers for `read_answers`."""
    entries = [
        {
            "method": row.method,
            "path": row.path,
            "status": answer.status,
            "headers": answer.lasting_headers,
            "body": base64.b64encode(answer.body).decode(),
        }
        for row, answer in answers.items()
    ]
    path.write_text(json.dumps(entries))


def read_answers(path: Path) -> Answers:
    """The stored answers as ready ASGI messages; a path with a hole stands for all paths of its method."""
    answers: Answers = {}
    for entry in json.loads(path.read_text()):
        headers = [(name.encode(), value.encode()) for name, value in entry["headers"]]
        start = {"type": "http.response.start", "status": entry["status"], "headers": headers}
        body = {"type": "http.response.body", "body": base64.b64decode(entry["body"])}
        answers[entry["method"], "" if "{" in entry["path"] else entry["path"]] = (start, body)
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
    method, path = scope["method"], scope["path"]
    if method == "POST":
        while (await receive()).get("more_body"):
            pass
    # Whoever waits for the server to come up asks for an address that no row has.
    start, body = ANSWERS.get((method, path)) or ANSWERS.get((method, "")) or READY
    await send(start)
    await send(body)
