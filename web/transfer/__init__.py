"""Imports, exports and the sample content: how posts come into a blog and leave it."""
