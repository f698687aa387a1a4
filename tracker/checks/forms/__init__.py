"""The shape of what is asked in this room. Each form builds the frozen request that its service takes."""
