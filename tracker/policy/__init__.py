"""The rules: when a look at somebody's social media may go ahead, and why.

Pure: given the facts of one moment and the council's limits, the answer is always the same. Nothing here reads the
clock, a file, a database or a web request. A compliance aid, not legal advice.
"""
