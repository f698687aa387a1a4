"""Statements that would alter the trail, each by what it would do."""

FORBIDDEN = {
    "update an entry": "UPDATE audit_entry SET text = 'x' WHERE seq = 3",
    "delete an entry": "DELETE FROM audit_entry WHERE seq = 3",
    "delete the last entry": "DELETE FROM audit_entry WHERE seq = (SELECT max(seq) FROM audit_entry)",
    "update who an entry is about": "UPDATE audit_person SET person = 'PER-0000-0000'",
    "delete who an entry is about": "DELETE FROM audit_person",
    "update content": "UPDATE audit_content SET text = '{}' WHERE seq = 3",
    "delete content without an erasure": "DELETE FROM audit_content WHERE seq = 3",
    "delete the head": "DELETE FROM audit_head",
    "move the head back": "UPDATE audit_head SET seq = 2",
    "rename the head's hash": "UPDATE audit_head SET hash = 'x'",
    "put on an entry out of order": "INSERT INTO audit_entry (seq, at, event, text, hash) VALUES "
    "(9999, '2026-11-21T10:00:00.000000Z', 'x', '{}', 'x')",
}
ONLY_SQLITE = {
    "replace an entry": "INSERT OR REPLACE INTO audit_entry (seq, at, event, text, hash) "
    "SELECT seq, at, event, '{}', hash FROM audit_entry WHERE seq = 3",
    "replace content": "INSERT OR REPLACE INTO audit_content SELECT seq, salt, '{}' FROM audit_content WHERE seq = 3",
    "replace a person": "INSERT OR REPLACE INTO audit_person SELECT seq, person FROM audit_person LIMIT 1",
    "replace the head": "INSERT OR REPLACE INTO audit_head SELECT id, 2, hash FROM audit_head",
}
ONLY_POSTGRESQL = {
    "truncate the entries": "TRUNCATE audit_entry CASCADE",
    "truncate content": "TRUNCATE audit_content",
    "truncate people": "TRUNCATE audit_person",
    "truncate the head": "TRUNCATE audit_head",
}
