"""The ledger and counter: one row for every person that a sitting counts for; permits, reports, late entries, sightings."""
