"""The proofs of the policy: exhaustive, second reading, and statements over generated cases."""
