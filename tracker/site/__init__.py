"""The pages in every foot, in the council's own words where it gave them, and the files that the pages load."""
