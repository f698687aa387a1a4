"""What waits for somebody by a day: raised once, shown on their home page, done, or taken one level up."""
