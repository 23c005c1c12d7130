"""Measures Colophon's pages against a bare server that answers the same bytes. Run it with `make bench`."""
