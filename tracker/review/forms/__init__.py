"""The shape of what is typed by those who decide on what others asked for."""
