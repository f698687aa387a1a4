"""Leavers, transfers, merged teams: what waits for them, where it goes, and handing it on."""
