"""By what attempts to sign in are counted: digests that tell nobody whose account or address it was."""

import hmac
from hashlib import sha256


def attempt_digest(secret: str, kind: str, what: str) -> str:
    """A keyed digest of an account or an address (`kind`): it cannot be turned back, nor made without the secret key."""
    key = hmac.digest(secret.encode(), b"sign-in attempts", sha256)
    return hmac.new(key, f"{kind}:{what}".encode(), sha256).hexdigest()
