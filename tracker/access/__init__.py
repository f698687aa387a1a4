"""What can be done, and which roles can do it: one page that a lawyer could check. Denied unless it stands there."""
