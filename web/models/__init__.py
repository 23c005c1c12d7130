"""The models: tables, verbs and properties, one family per file, found by discovery.

Importing any of them imports all, so that relationships can name each other's classes.
"""

import sys

from web.database.discovery import discover

discover(sys.modules[__name__])
