"""Is the tracker as it must be: the database, its migrations and triggers, the scheduler, the trail and the counts?"""
