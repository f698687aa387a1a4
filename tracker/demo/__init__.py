"""The demonstration council: believable people, staff and checks, all made by calling the services with past times."""
