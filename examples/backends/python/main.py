"""Tries the verifier: a token a line on stdin, an answer a line on stdout. Not to copy."""

import os
import sys

from verifier import Refused, Unavailable, Verifier

verifier = Verifier(
    os.environ["ASSAY_ISSUER"],
    os.environ["ASSAY_AUDIENCE"],
    cooldown=float(os.environ.get("ASSAY_COOLDOWN", 30)),
    feed_every=float(os.environ.get("ASSAY_FEED_EVERY", 5)),
)

for line in sys.stdin:
    try:
        answer = "ok " + verifier.verify(line.rstrip("\n"))["sub"]
    except Refused as error:
        answer = f"refused {error}"
    except Unavailable as error:
        answer = f"unavailable {error}"
    print(answer.replace("\n", " "), flush=True)
