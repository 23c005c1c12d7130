"""The time trap: a form for guests carries when it was made, signed. Machines are too fast, or too late."""

from datetime import datetime

from itsdangerous import BadSignature, TimestampSigner

from web.posts.printed import AnyPost

SALT = "comment-stamp"
SHORTEST_SECONDS = 2
LONGEST_SECONDS = 24 * 60 * 60

TOO_FAST = "That was faster than anybody types. Please wait a moment, then post your comment again."
TOO_OLD = "This form was open for too long to be sure who sends it. Nothing is lost: please post your comment again."


class Stamps:
    """Makes and checks stamps at one moment. A stamp is good for one post only."""

    def __init__(self, secret_key: str, now: datetime) -> None:
        self._signer = _Signer(secret_key, salt=SALT)
        self._signer.seconds = int(now.timestamp())

    def make(self, post_uid: str) -> str:
        """A stamp of now for a post."""
        return self._signer.sign(post_uid).decode()

    def problem(self, stamp: str, post: AnyPost) -> str | None:
        """What is wrong with a stamp that came back, in words for whoever sent it; None for a good one."""
        try:
            uid, moment = self._signer.unsign(stamp, max_age=LONGEST_SECONDS, return_timestamp=True)
        except BadSignature:
            return TOO_OLD
        if uid.decode() != post.uid:
            return TOO_OLD
        if self._signer.seconds - int(moment.timestamp()) < SHORTEST_SECONDS:
            return TOO_FAST
        return None


class _Signer(TimestampSigner):
    """Takes its time from the request instead of from the machine."""

    seconds = 0

    def get_timestamp(self) -> int:
        return self.seconds
