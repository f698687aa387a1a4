"""The audit trail: a closed list of events, each chained to the one before, that cannot be altered unseen."""
