"""Passwords of tests: long enough for every rule, cheap to hash."""

PASSWORD = "correct horse battery"
LOW_COST = {"memory_kib": 8, "rounds": 1}
