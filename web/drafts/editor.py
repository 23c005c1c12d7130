"""The editor's answers, shared by everything that its buttons do."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import shown_bases
from web.drafts.forms import PostForm
from web.drafts.rendering import renderer
from web.drafts.saving import Outcome, Saved, Saving
from web.drafts.slugs import SlugTakenError
from web.http import current
from web.http.errors import ForbiddenError, NotFoundError
from web.http.responses import fragment, page
from web.models.post import Post
from web.models.post_revision import PostRevision, PostRevisionType
from web.models.user import User
from web.posts import rules
from web.posts.queries import find_for_editing
from web.rescue.actions import forget_stored
from web.revisions.actions import Occasion
from web.revisions.queries import Lineage, find_head, find_with_head, find_words, has_pending_changes, lock_for_saving
from web.revisions.submission import BEFORE_THE_FIRST, Submission
from web.revisions.words import Words, words_of


@dataclass(frozen=True)
class Editing:
    """A post that is being changed: locked, with the lineage of what was sent."""

    post: Post
    lineage: Lineage
    submission: Submission


def writer(request: Request) -> User:
    """Who writes. Raises SignInRequiredError for strangers, ForbiddenError for readers."""
    return current.require(request, lambda user: user.may_write)


def post_to_edit(request: Request) -> Post:
    """The post of the address with all that it has, to be changed by whoever asks.

    Raises NotFoundError where it may not be seen, ForbiddenError where it may not be changed.
    """
    user = writer(request)
    is_to_change = request.method == "POST"
    return _allowed(
        request, user, find_for_editing(current.session(request), request.path_params["id"], lock=is_to_change)
    )


class Opened(NamedTuple):
    """A post, the form that its editor shows, and whether that says more than the post does."""

    post: Post
    form: PostForm
    has_pending_changes: bool


def opened(request: Request) -> Opened:
    """The post of the address and the form that its editor shows. Raises what `post_to_edit` raises."""
    post, head = seen(request)
    if request.method != "POST":
        shown_bases.note(request, post, head)
    return Opened(post, _form_of(request, post, head), head is not None and head.is_pending)


def form_of_button(request: Request) -> PostForm:
    """What came along with a button. One elsewhere sends no words: then it means the post as it stands."""
    sent = current.form(request)
    return PostForm(sent) if PostForm.was_sent(sent) else opened(request).form


def seen(request: Request) -> tuple[Post, PostRevision | None]:
    """The post of the address without its words, for whoever may edit it, and the revision where it stands.

    Raises what `post_to_edit` raises.
    """
    user = writer(request)
    found = find_with_head(current.session(request), request.path_params["id"])
    return _allowed(request, user, found[0] if found else None), found[1] if found else None


def lock(request: Request, post_id: int, form: PostForm) -> Editing:
    """Take hold of a post for a form that was sent. Raises what `post_to_edit` raises."""
    user, submission = writer(request), form.submission
    found = lock_for_saving(current.session(request), post_id, submission)
    if found is None:
        raise NotFoundError
    return Editing(_allowed(request, user, found[0]), found[1], submission)


def store(request: Request, editing: Editing, form: PostForm, kind: PostRevisionType) -> Saved | None:
    """Store what was sent. None when it is not valid: then the errors stand at the fields of the form."""
    if not form.validate():
        return None
    user, session = current.own_user(request), current.session(request)
    occasion = Occasion(user, kind, current.now(request))
    saving = Saving(session, editing.post, editing.lineage, editing.submission, occasion, renderer(request))
    try:
        saved = saving.run()
    except SlugTakenError as error:
        say_taken(form, error)
        # What was rolled back must be read again before the editor can show the post.
        find_for_editing(session, editing.post.id)
        return None
    if saved.outcome != Outcome.OUTDATED:
        forget_rescued(request, form, editing.submission, kind)
    session.flush()
    return saved


def forget_rescued(request: Request, form: PostForm, submission: Submission, kind: PostRevisionType) -> None:
    """Forget what was rescued of words that are stored now. An autosave looks only where the form names something."""
    if form.rescued_id is not None or kind != PostRevisionType.AUTOSAVE:
        user, now = current.own_user(request), current.now(request)
        forget_stored(current.session(request), user, submission, form.rescued_id, now)


def say_taken(form: PostForm, error: SlugTakenError) -> None:
    """Put the reason at the slug's field."""
    form.add_error(form.slug, error.words)


def show(request: Request, form: PostForm, post: Post | None, *, status: int = 200, **context: Any) -> Response:
    """The editor: as a page, or for htmx the form alone, to be morphed into the one that is open.

    `note` says what was done, `preview_html` is shown below the form, `merged` is the revision that was merged in,
    `has_pending_changes` tells whether what stands in the form is for its readers still to come.
    """
    form.writer.data = str(current.require_user(request).id)
    context = {**_shown(request, form, post), **context}
    if "has_pending_changes" not in context:
        context["has_pending_changes"] = post is not None and _has_pending_changes(request, post)
    if current.is_htmx(request):
        headers = {"HX-Replace-Url": f"/write/{post.id}"} if post and status < 400 else {}
        return fragment(request, "drafts/_form.html", status=status, headers=headers, **context)
    context["is_unsaved"] = _is_unsaved(request, form, post)
    # Going back must not bring up a form from before: its words would be taken for new ones.
    return page(request, "drafts/edit.html", status=status, headers={"Cache-Control": "no-store"}, **context)


def may_publish(request: Request, post: Post | None) -> bool:
    """Whether the buttons for publishing are for whoever asks."""
    user = current.user(request)
    return user is not None and user.may_publish and (post is None or rules.may_publish(user, post))


def may_submit(request: Request, post: Post | None) -> bool:
    """Whether the buttons for a review are for whoever asks: those who cannot publish themselves."""
    user = current.user(request)
    return user is not None and user.may_write and not user.may_publish and (post is None or not post.is_released)


def _shown(request: Request, form: PostForm, post: Post | None) -> dict[str, Any]:
    return {
        "form": form,
        "post": post,
        "note": "",
        "merged": None,
        "is_unsaved": False,
        "preview_html": None,
        "restorable_until": post.restorable_until if post else None,
        "may_publish": may_publish(request, post),
        "may_submit": may_submit(request, post),
    }


def _has_pending_changes(request: Request, post: Post) -> bool:
    # Only of what has readers, or will have some by itself, it is said.
    return post.is_released and has_pending_changes(current.session(request), post.id)


def _is_unsaved(request: Request, form: PostForm, post: Post | None) -> bool:
    # What somebody only opened is stored. So are rescued words, which the blog keeps until they are saved.
    if request.method != "POST":
        return False
    if post is None:
        return form.words != Words("", "")
    # Whether an address is taken shows when the words are stored; that is undone with this very answer.
    return bool(form.slug.errors) or not form.words.adds_nothing_to(_stored_words(request, post))


def _stored_words(request: Request, post: Post) -> Words:
    session = current.session(request)
    head = find_head(session, post.id)
    return words_of(head) if head is not None else find_words(session, post.id)


def _allowed(request: Request, user: User, post: Post | None) -> Post:
    if post is None or not rules.may_see(user, post, current.now(request)):
        raise NotFoundError
    if not rules.may_edit(user, post):
        raise ForbiddenError
    return post


def _form_of(request: Request, post: Post, head: PostRevision | None) -> PostForm:
    if head is not None:
        return PostForm.opened(post.uid, words_of(head), head.version)
    words = find_words(current.session(request), post.id)
    return PostForm.opened(post.uid, words, BEFORE_THE_FIRST)
