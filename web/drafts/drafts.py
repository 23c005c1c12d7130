"""The writer's list and the editor."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import editor, submissions
from web.drafts.answers import after_saving, saved_or_asked_again
from web.drafts.creation import create_once
from web.drafts.forms import PostForm, has_body
from web.drafts.kept import keeping_words
from web.drafts.publications import MERGED_FIRST
from web.drafts.queries import own_posts
from web.drafts.rendering import rendering_ahead
from web.drafts.shown_bases import keeping_base
from web.drafts.slugs import SlugTakenError
from web.http import current
from web.http.query_string import typed_words
from web.http.responses import page_or_fragment
from web.models.post_revision import PostRevisionType
from web.posts.cursor import Cursor
from web.publishing import actions
from web.revisions.keys import read_key
from web.revisions.queries import find_revision
from web.search.lists import posts_with

HELD = "Draft saved. Readers do not see it yet."
WITHDRAWN = "Saved, not published: the post was withdrawn meanwhile, so readers do not see it."
STAYS_DELETED = "Your words are saved. The post is deleted: nobody else sees it until you restore it."
STATES = {
    "": "All",
    "draft": "Drafts",
    "review": "In review",
    "scheduled": "Scheduled",
    "published": "Published",
    "unlisted": "Unlisted",
    "private": "Private",
    "deleted": "Deleted",
}


def index(request: Request) -> Response:
    """The posts of whoever asks; for editors on demand the posts of everybody."""
    user = editor.writer(request)
    query = request.query_params
    state = query.get("state", "") if query.get("state", "") in STATES else ""
    everybody = user.may_manage and query.get("whose") == "everybody"
    before = Cursor.parse(query.get("before", ""))
    session, words = current.session(request), typed_words(request)
    whose = None if everybody else user
    among = posts_with(session, words, current.blog(request).language, whose)
    found = own_posts(session, current.now(request), whose, state, before, among)
    return page_or_fragment(
        request,
        "drafts/index.html",
        "drafts/_list.html",
        page=found,
        before=before,
        state=state,
        states=STATES,
        words=words,
        everybody=everybody,
    )


def new(request: Request) -> Response:
    """An empty editor."""
    editor.writer(request)
    return editor.show(request, PostForm.for_new(), None)


@rendering_ahead
@keeping_words
def create(request: Request) -> Response:
    """Store a new draft; publish it, or let it wait for review, when that button was pressed."""
    user, sent = editor.writer(request), current.form(request)
    form = PostForm(sent)
    wants_publication = "publish" in sent and user.may_publish
    wants_review = "submit" in sent and not user.may_manage
    if not form.validate() or ((wants_publication or wants_review) and not has_body(form)):
        return editor.show(request, form, None, status=422)
    kind = PostRevisionType.PUBLICATION if wants_publication else PostRevisionType.SAVE
    try:
        created = create_once(request, form, kind)
    except SlugTakenError as error:
        editor.say_taken(form, error)
        created = None
    if created is None:
        return editor.show(request, form, None, status=422)
    post, saved = created
    if wants_review:
        return submissions.submit(request, form, post, saved)
    if wants_publication and saved.is_as_typed:
        actions.publish(current.session(request), post, current.own_user(request), current.now(request))
    return after_saving(request, form, post, saved, "Published." if wants_publication else "Draft saved.")


@keeping_base
def edit(request: Request) -> Response:
    """The editor with a post in it."""
    post, form, is_pending = editor.opened(request)
    # Where a save has just been merged, the page tells with what.
    merged = read_key(request.query_params.get("merged", ""))
    revision = find_revision(current.session(request), post.id, merged) if merged is not None else None
    return editor.show(request, form, post, merged=revision, has_pending_changes=is_pending)


@rendering_ahead
@keeping_words
def update(request: Request) -> Response:
    """Save the words of a post; those of a published one are what readers see from now on.

    With `hold` readers go on seeing what was published last, also when it was published only meanwhile.
    """
    form = PostForm(current.form(request))
    editing = editor.lock(request, request.path_params["id"], form)
    is_deleted = editing.post.deleted_at is not None
    is_shown = editing.post.is_shown_at(current.now(request)) and not is_deleted
    wants_publication = is_shown and "hold" not in current.form(request)
    kind = PostRevisionType.PUBLICATION if wants_publication else PostRevisionType.SAVE
    saved = editor.store(request, editing, form, kind)
    if is_deleted:
        text = STAYS_DELETED
    elif wants_publication:
        text = "Changes published." if saved is not None and saved.is_as_typed else MERGED_FIRST
    elif is_shown:
        text = HELD
    else:
        text = WITHDRAWN if "changes" in current.form(request) else "Draft saved."
    return saved_or_asked_again(request, form, editing.post, saved, text)
