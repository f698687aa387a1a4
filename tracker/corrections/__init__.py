"""Recorded in error: nothing is edited or deleted. A record is struck through with a reason, asked for by one and confirmed by another."""
