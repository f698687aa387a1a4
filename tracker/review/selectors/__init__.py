"""What waits for whom, and what a page of review shows."""
