"""The council's rules in the browser: proposed with reasons, shown as a difference, with what limits would have changed, signed."""
