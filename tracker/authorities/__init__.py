"""Legal advice, RIPA and non-RIPA authorisations, and court orders: never each other's substitute."""
