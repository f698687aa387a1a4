"""Teams, staff and people from a CSV file: tried first, which changes nothing, and then carried out row by row."""
