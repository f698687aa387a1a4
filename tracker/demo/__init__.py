"""The demonstration council: a small, believable one, made by calling the services with past times."""
