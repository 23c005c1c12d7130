"""Colophon: a self-hosted, server-rendered blog engine."""

__version__ = "0.1.0"
