"""What others decide on a check: managers and Legal. Queues, verdicts, referrals resolved."""
