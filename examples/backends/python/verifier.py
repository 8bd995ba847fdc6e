"""Copy this file. Needs PyJWT 2.6 or newer with cryptography (`pip install pyjwt[crypto]`) and Python 3.9 or newer.

    verifier = Verifier("https://sso.example.com", "https://api.example.com")
    claims = verifier.verify(bearer)  # Refused: answer 401. Unavailable: answer 503.
"""

import json
import re
import threading
import time
import urllib.error
import urllib.request

import jwt

ALGORITHMS = ["ES256", "RS256", "EdDSA"]


class Refused(Exception):
    """The token is not believed."""


class Unavailable(Exception):
    """Keys, or the list of ended sessions, cannot be had now."""


class Verifier:
    """Verifies Assay's access tokens; make one and keep it, any thread may use it.

    `issuer` is Assay's PUBLIC_URL, `audience` the audience of your client there. Seconds: `cooldown` is the least time
    between two fetches of the key set, `feed_every` the least time between two polls of the sessions that have ended,
    `leeway` how far clocks may differ.
    """

    def __init__(self, issuer, audience, cooldown=30, feed_every=5, leeway=10):
        self.issuer, self.audience, self.leeway = issuer, audience, leeway
        self.cooldown, self.feed_every = cooldown, feed_every
        self.lock = threading.RLock()
        self.keys, self.keys_until, self.keys_asked = {}, 0, float("-inf")
        self.ended, self.ended_until, self.ended_asked, self.etag = frozenset(), 0, float("-inf"), None

    def verify(self, token):
        """The claims of a good token. Raises Refused or Unavailable."""
        claims = self._read(token, "at+jwt", self.audience)
        for name in ("sub", "sid"):
            if not isinstance(claims.get(name), str) or claims[name] == "":
                raise Refused(f"a token without {name}")
        if claims["sid"] in self._ended_sessions():
            raise Refused("the session has ended")
        return claims

    def _read(self, token, typ, audience=None):
        try:
            if not re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", token, re.ASCII):
                raise Refused("not a signed JWT")
            header = jwt.get_unverified_header(token)
            # PyJWT looks at neither of these.
            if header.get("typ") != typ or "crit" in header:
                raise Refused("not the type of token that is taken here")
            alg, key = self._key(header.get("kid"))
            # The algorithm is the key's; what the header says must be the same.
            checks = {"issuer": self.issuer, "audience": audience, "leeway": self.leeway, "options": {"require": ["exp"]}}
            claims = jwt.decode(token, key, algorithms=[alg], **checks)
        except (jwt.PyJWTError, TypeError, ValueError, OverflowError) as error:
            raise Refused(str(error)) from error
        # PyJWT would take "1700000000" for a time.
        if any(name in claims and type(claims[name]) not in (int, float) for name in ("exp", "nbf")):
            raise Refused("a time that is no number")
        return claims

    def _key(self, kid):
        """Algorithm and key of that id.

        The set is fetched again after its max-age, and for an unknown kid; never more often than every `cooldown`. Where
        that fails, what is known goes on: the end of the list of ended sessions ends that too.
        """
        with self.lock:
            now = time.monotonic()
            wanted = now >= self.keys_until or kid not in self.keys
            if wanted and now - self.keys_asked >= (self.cooldown if self.keys else 1):
                self.keys_asked = now
                try:
                    self._fetch_keys()
                except Exception:
                    pass
            if not self.keys:
                raise Unavailable("no key set")
            if kid not in self.keys:
                raise Refused("no such key")
            return self.keys[kid]

    def _fetch_keys(self):
        with self._get("/.well-known/jwks.json") as answer:
            keys = json.load(answer)["keys"]
            max_age = re.search(r"max-age=(\d+)", answer.headers.get("cache-control") or "")
        usable = [one for one in keys if one.get("alg") in ALGORITHMS and one.get("use") == "sig"]
        self.keys = {one["kid"]: (one["alg"], jwt.PyJWK(one).key) for one in usable}
        self.keys_until = time.monotonic() + int(max_age[1] if max_age else 300)

    def _ended_sessions(self):
        """The sids that have ended: a signed list, asked for again once `feed_every` has passed."""
        with self.lock:
            if time.monotonic() - self.ended_asked >= self.feed_every:
                self.ended_asked = time.monotonic()
                try:
                    self._fetch_ended()
                except Exception:  # What cannot be had or believed changes nothing: the last list counts until its exp.
                    pass
            # Closed: with no list that is valid now, nobody gets in. To stay open instead, leave this out; a session
            # that was ended then lasts until its token's exp.
            if time.time() >= self.ended_until:
                raise Unavailable("no valid list of ended sessions")
            return self.ended

    def _fetch_ended(self):
        try:
            answer = self._get("/.well-known/revoked-sessions", {"If-None-Match": self.etag} if self.etag else {})
        except urllib.error.HTTPError as error:
            if error.code == 304:
                return
            raise
        with answer:
            feed = self._read(answer.read().decode("ascii"), "revoked-sessions+jwt")
            self.ended, self.ended_until = frozenset(feed["sids"]), feed["exp"]
            self.etag = answer.headers.get("etag")

    def _get(self, path, headers={}):
        return urllib.request.urlopen(urllib.request.Request(self.issuer + path, headers=headers), timeout=2)
