"""Preparing a run: who is at the table, how long it takes, what to watch for."""
