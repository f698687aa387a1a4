"""Forms that are not finished, kept for the member of staff who typed them; and forms that may be posted only once."""
