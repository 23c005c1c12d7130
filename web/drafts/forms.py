"""What the editor sends."""

from typing import Any
from uuid import UUID, uuid4

from wtforms.fields import Field
from wtforms.validators import ValidationError

from web.drafts.slugs import to_slug
from web.html.form_input import FormInput
from web.html.forms import Form, Hidden, Line, Text, at_most, required
from web.models.post import BODY_LIMIT, SLUG_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT
from web.models.tag import MAX_TAGS, TAG_LIMIT
from web.revisions.keys import read_key
from web.revisions.submission import Continued, Submission, Version
from web.revisions.words import Words, join_tags, split_tags

# A sequence has fewer, so that every database stores it.
MOST_DIGITS = 10


def _tags_fit(_form: Any, field: Field) -> None:
    names = split_tags(field.data or "")
    for name in names:
        if len(name) > TAG_LIMIT:
            raise ValidationError(f"A tag can have at most {TAG_LIMIT} characters: “{name[:TAG_LIMIT]}…” is longer.")
    if len(names) > MAX_TAGS:
        raise ValidationError(f"A post can have at most {MAX_TAGS} tags; these are {len(names)}.")


def _slug_has_letters(_form: Any, field: Field) -> None:
    if field.data and not to_slug(field.data):
        raise ValidationError("An address needs letters or digits. Leave this empty to have one made of the title.")


class PostForm(Form):
    """The words of a post, and what tells where they come from.

    By its `uid` a doubled submission is known. `base`, `editing_session` and `sequence` are those of a Submission.
    `rescued` names the rescued text that is stored with it for good, `writer` the user who opened the editor.
    """

    uid = Hidden()
    base = Hidden()
    editing_session = Hidden()
    sequence = Hidden()
    rescued = Hidden()
    continues = Hidden()
    writer = Hidden()
    title = Line("Title", [required("Please give it a title."), at_most(TITLE_LIMIT, "A title")])
    body = Text("Body", [at_most(BODY_LIMIT, "A body")])
    tags = Line("Tags (comma-separated)", [_tags_fit])
    slug = Line("Slug", [at_most(SLUG_LIMIT, "A slug"), _slug_has_letters])
    summary = Text("Summary", [at_most(SUMMARY_LIMIT, "A summary")])

    @classmethod
    def opened(cls, uid: str, words: Words, base: object = "") -> "PostForm":
        """A form in a newly opened editor, with the words of the revision `base`."""
        return cls(
            uid=uid,
            base=str(base),
            editing_session=str(uuid4()),
            sequence="1",
            title=words.title,
            body=words.body,
            tags=join_tags(words.tags),
            slug=words.slug,
            summary=words.summary,
        )

    @classmethod
    def for_new(cls) -> "PostForm":
        """An empty form that will make one post, however often it is sent."""
        return cls.opened(str(uuid4()), Words("", ""))

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
    def submission(self) -> Submission:
        """What was typed, and where it comes from. What a form does not say makes it an editor of its own."""
        session, _, reached = (self.continues.data or "").partition(" ")
        return Submission(
            words=self.words,
            base=Version.parse(self.base.data or ""),
            editing_session=_uuid(self.editing_session.data) or str(uuid4()),
            sequence=_number(self.sequence.data),
            continues=Continued(session, _number(reached)) if _uuid(session) else None,
        )

    @property
    def rescued_id(self) -> int | None:
        """The number of the rescued text that these words were."""
        return read_key(self.rescued.data or "")

    @property
    def known_uid(self) -> str:
        """The form's uid; empty when it says none that is a UUID."""
        return _uuid(self.uid.data)


def has_body(form: PostForm) -> bool:
    """Whether there is anything for readers; otherwise the body's field says so."""
    if (form.body.data or "").strip():
        return True
    form.add_error(form.body, "Please write something before publishing.")
    return False


class AutosaveForm(PostForm):
    """The same while somebody is typing: a title may come later."""

    title = Line("Title", [at_most(TITLE_LIMIT, "A title")])


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < MOST_DIGITS else 1


def _uuid(text: str | None) -> str:
    try:
        return str(UUID(text or ""))
    except ValueError:
        return ""
