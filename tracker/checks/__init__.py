"""A social-media check from the ask to the outcome: asked, answered, carried out, looked, reported."""
