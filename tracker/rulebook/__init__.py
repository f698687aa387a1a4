"""The limits in force, by date: proposed, signed by Legal and by the Senior Responsible Officer, in effect from then."""
