"""The scheduler's own record: who leads, when it last beat, and when each job last ran and how it ended."""
