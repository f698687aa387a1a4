"""The council's own profiles, registered, and the few members of staff who may use each."""
