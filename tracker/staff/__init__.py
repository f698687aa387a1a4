"""Staff, teams, roles from a date to a date, the rota, deputies, and signing in."""
