"""What people said about a look at their social media, and what they were told."""
