"""Answers on their way from Colophon to the servers that say the same."""

import base64
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.answers import Answer
from bench.rows import Row


def write_answers(path: Path, answers: Sequence[Answer]) -> None:
    """Store answers for `bench.bare`, which gives them numbers in this order."""
    entries = [
        {
            "status": answer.status,
            "headers": answer.lasting_headers,
            "body": base64.b64encode(answer.body).decode(),
        }
        for answer in answers
    ]
    path.write_text(json.dumps(entries))


def twin(row: Row, number: int) -> Row:
    """The row as a server with recorded answers is asked for it."""
    return replace(row, path=f"/{number}")
