"""What was asked and what was decided: the facts gathered for everyone concerned, the rules' answer, kept, and decided again."""
