"""A social-media check from the ask to the outcome: facts gathered, decided, recorded, decided again."""
