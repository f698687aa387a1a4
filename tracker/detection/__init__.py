"""Repeat viewing found however it is split up: over workers, teams, platforms, relatives and records that are one person."""
