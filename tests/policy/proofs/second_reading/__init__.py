"""policy.md read a second time, by somebody who had not seen the rules' code.

Nothing here imports the product. Each predicate works on the JSON shape of the facts, its instants and dates
parsed, and says in Python what one row or sentence of the policy says. The proofs hold the product's rules to it:
two readings of one text, made apart, must agree on every case tried.
"""
