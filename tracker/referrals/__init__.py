"""Flagged cases and holds: opened, joined, placed. Resolving them is for the rooms above."""
