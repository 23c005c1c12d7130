"""Makes a post of an editor's form, once however often the form is sent."""

from dataclasses import replace
from uuid import uuid4

from starlette.requests import Request

from web.drafts import actions, editor
from web.drafts.forms import PostForm
from web.drafts.rendering import renderer
from web.drafts.saving import Outcome, Saved
from web.http import current
from web.http.errors import ForbiddenError
from web.models.post import Post
from web.models.post_revision import PostRevisionType
from web.posts import rules
from web.revisions.actions import Occasion, record
from web.revisions.queries import find_head
from web.revisions.submission import BEFORE_THE_FIRST


def create_once(request: Request, form: PostForm, kind: PostRevisionType) -> tuple[Post, Saved] | None:
    """The post of a valid form, and what became of the words. None when an error was put at a field.

    A form that made a post already is a save of that post. Raises SlugTakenError.
    """
    session, user, now = current.session(request), current.own_user(request), current.now(request)
    uid, submission = form.known_uid, form.submission
    made_before = actions.find_doubled(session, user, submission.words, uid, now)
    if made_before is None or (uid and not rules.may_edit(user, made_before)):
        return _create(request, form, kind, uid if uid and made_before is None else str(uuid4()))
    head = None if uid else find_head(session, made_before.id)
    if head is not None:
        return made_before, Saved(Outcome.STORED, head)
    if form.editing_session.data and not form.base.data:
        # Somebody went back to the empty editor, which has seen nothing of what the post says.
        form.base.data = str(BEFORE_THE_FIRST)
    editing = editor.lock(request, made_before.id, form)
    saved = editor.store(request, editing, form, kind)
    return (editing.post, saved) if saved else None


def _create(request: Request, form: PostForm, kind: PostRevisionType, uid: str) -> tuple[Post, Saved]:
    session, user, now = current.session(request), current.own_user(request), current.now(request)
    submission = form.submission
    # Of half a word no tag is made: what is typed after the comma waits for the first real save.
    is_pending = kind == PostRevisionType.AUTOSAVE and bool(submission.words.tags)
    words = replace(submission.words, tags=[]) if is_pending else submission.words
    post = actions.create(session, [user], words, now, uid, renderer(request))
    if not rules.may_edit(user, post):
        # Somebody else made a post of the same uid a moment ago.
        raise ForbiddenError
    stored = replace(submission.words, slug=post.slug)
    head = record(session, post, stored, Occasion(user, kind, now), submission, is_pending=is_pending)
    editor.forget_rescued(request, form, submission, kind)
    return post, Saved(Outcome.STORED, head)
