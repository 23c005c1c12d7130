"""Addresses by the name of their route."""

import re
from collections.abc import Mapping
from urllib.parse import quote

PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


class Paths:
    """Turns a route's name and parameters into its address. Raises KeyError for an unknown one."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        self._formats = {name: PARAMETER.sub(r"{\1}", pattern) for name, pattern in patterns.items()}

    def __call__(self, name: str, **parameters: object) -> str:
        quoted = {key: quote(str(value), safe="") for key, value in parameters.items()}
        return self._formats[name].format(**quoted)
