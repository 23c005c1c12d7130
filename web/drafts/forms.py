"""What the editor sends."""

from typing import Any
from uuid import UUID, uuid4

from wtforms import HiddenField
from wtforms.fields import Field
from wtforms.validators import ValidationError

from web.html.form_input import FormInput
from web.html.forms import Form, Line, Text, at_most, required
from web.models.post import BODY_LIMIT, SLUG_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT, Post
from web.models.tag import TAG_LIMIT
from web.revisions.words import Words, split_tags

MAX_TAGS = 20


def _tags_fit(_form: Any, field: Field) -> None:
    names = split_tags(field.data or "")
    for name in names:
        if len(name) > TAG_LIMIT:
            raise ValidationError(f"A tag can have at most {TAG_LIMIT} characters: “{name[:TAG_LIMIT]}…” is longer.")
    if len(names) > MAX_TAGS:
        raise ValidationError(f"A post can have at most {MAX_TAGS} tags; these are {len(names)}.")


class PostForm(Form):
    """The words of a post, and the `uid` by which a doubled submission is known."""

    uid = HiddenField()
    title = Line("Title", [required("Please give it a title."), at_most(TITLE_LIMIT, "A title")])
    body = Text("Body", [at_most(BODY_LIMIT, "A body")])
    tags = Line("Tags (comma-separated)", [_tags_fit])
    slug = Line("Slug", [at_most(SLUG_LIMIT, "A slug")])
    summary = Text("Summary", [at_most(SUMMARY_LIMIT, "A summary")])

    @classmethod
    def for_new(cls) -> "PostForm":
        """An empty form that will make one post, however often it is sent."""
        return cls(uid=str(uuid4()))

    @classmethod
    def for_post(cls, post: Post) -> "PostForm":
        """The form with the words of a post."""
        return cls(
            uid=post.uid,
            title=post.title,
            body=post.body,
            tags=", ".join(tag.name for tag in post.tags),
            slug=post.slug,
            summary=post.summary,
        )

    @classmethod
    def was_sent(cls, sent: FormInput) -> bool:
        """Whether the request carries the editor's fields, and not just the press of a button elsewhere."""
        return "title" in sent

    @property
    def words(self) -> Words:
        """What was typed."""
        return Words(
            title=self.title.data or "",
            body=self.body.data or "",
            tags=split_tags(self.tags.data or ""),
            slug=self.slug.data or "",
            summary=(self.summary.data or "").strip(),
        )

    @property
    def uid_or_new(self) -> str:
        """The form's uid; a new one when there is none or it is no UUID."""
        try:
            return str(UUID(self.uid.data or ""))
        except ValueError:
            return str(uuid4())
