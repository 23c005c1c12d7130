"""What may be typed in to write a message."""

from web.html.forms import Form, Line, Text, at_most, required
from web.models.message import SUBJECT_LIMIT

BODY_LIMIT = 10_000
USERNAME_LIMIT = 50


class MessageForm(Form):
    """A message of the staff: to one person, or to everybody when `to` is empty."""

    to = Line("To", [at_most(USERNAME_LIMIT, "A username")])
    subject = Line("Subject", [required("Please give it a subject."), at_most(SUBJECT_LIMIT, "A subject")])
    body = Text("Body", [required("Please write your message first."), at_most(BODY_LIMIT, "A message")])
