"""The writer's list and the editor."""

from starlette.requests import Request
from starlette.responses import Response

from web.drafts import actions, editor
from web.drafts.forms import PostForm
from web.drafts.kept import keeping_words
from web.drafts.slugs import SlugTakenError
from web.http import current, flashes
from web.http.responses import page_or_fragment, redirect
from web.models.post import Post
from web.models.user import User
from web.posts import rules
from web.posts.cursor import Cursor
from web.posts.queries import own_posts

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
    found = own_posts(current.session(request), current.now(request), None if everybody else user, state, before)
    return page_or_fragment(
        request,
        "drafts/index.html",
        "drafts/_list.html",
        page=found,
        before=before,
        state=state,
        states=STATES,
        everybody=everybody,
    )


def new(request: Request) -> Response:
    """An empty editor."""
    editor.writer(request)
    return editor.show(request, PostForm.for_new(), None)


@keeping_words
def create(request: Request) -> Response:
    """Store a new draft, and publish it when that button was pressed."""
    user = editor.writer(request)
    form = PostForm(current.form(request))
    wants_publication = "publish" in current.form(request) and user.may_publish
    if not form.validate() or (wants_publication and not has_body(form)):
        return editor.show(request, form, None, status=422)
    try:
        post = _create_once(request, user, form)
    except SlugTakenError as error:
        editor.say_taken(form, error)
        return editor.show(request, form, None, status=422)
    if wants_publication:
        post.publish(current.now(request))
    return saved(request, post, "Published." if wants_publication else "Draft saved.")


def edit(request: Request) -> Response:
    """The editor with a post in it."""
    post = editor.post_to_edit(request)
    return editor.show(request, PostForm.for_post(post), post)


@keeping_words
def update(request: Request) -> Response:
    """Save the words of a post."""
    post = editor.post_to_edit(request)
    form = PostForm(current.form(request))
    if not editor.save_sent_words(request, post, form):
        return editor.show(request, form, post, status=422)
    return saved(request, post, "Changes saved." if post.is_released else "Draft saved.")


def saved(request: Request, post: Post, text: str) -> Response:
    """Back to the editor of a post that was just changed."""
    if current.is_htmx(request):
        current.session(request).flush()
        return editor.show(request, PostForm.for_post(post), post, note=text)
    flashes.add(request, "success", text)
    return redirect(f"/write/{post.id}")


def has_body(form: PostForm) -> bool:
    """Whether there is anything to publish; otherwise the body's field says so."""
    if (form.body.data or "").strip():
        return True
    form.add_error(form.body, "Please write something before publishing.")
    return False


def _create_once(request: Request, user: User, form: PostForm) -> Post:
    session, now, uid = current.session(request), current.now(request), form.uid_or_new
    made_before = actions.find_doubled(session, user, form.words, uid, now)
    if made_before is None:
        return actions.create(session, [user], form.words, now, uid)
    if made_before.uid == uid and rules.may_edit(user, made_before):
        actions.save(session, made_before, form.words, now)
        return made_before
    if made_before.uid == uid:
        return actions.create(session, [user], form.words, now, PostForm.for_new().uid_or_new)
    return made_before
