"""What leaves by mail, after the commit, out of an outbox table."""
