"""`python -m web` is the `colophon` command."""

from web.cli import main

main()
