"""Service users and family: names, involvements, profiles, how they belong together, and records that are one person."""
