"""The images of whoever writes: all of them, and each with what it shows and where it stands."""

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from web.http import current, flashes
from web.http.errors import ForbiddenError, NotFoundError
from web.http.responses import fragment, page, page_or_fragment, redirect
from web.media import queries, rules
from web.media.answers import keep_words
from web.media.cards import card_of, markdown, picture_of
from web.media.forms import AltForm, UploadForm
from web.media.kinds import ACCEPTED
from web.models.media import Media
from web.posts import rules as post_rules

KEY = re.compile("[0-9]{1,18}")
WORDS_LIMIT = 200


def index(request: Request) -> Response:
    """Own images, for editors everybody's, newest first, with a search in names and descriptions."""
    user = current.require(request, rules.may_upload)
    words = request.query_params.get("q", "").replace("\0", "").strip()[:WORDS_LIMIT]
    before = request.query_params.get("before", "")
    key = int(before) if KEY.fullmatch(before) else None
    return page_or_fragment(
        request,
        "media/index.html",
        "media/_items.html",
        shelf=queries.shelf(current.session(request), user, words, key),
        words=words,
        before=key,
        form=UploadForm(),
        note="",
        accepted=ACCEPTED,
    )


def show(request: Request) -> Response:
    """One image."""
    media = media_of(request)
    return details(request, media, AltForm(alt=media.alt))


def update(request: Request) -> Response:
    """Say anew what an image shows."""
    form = AltForm(current.form(request))
    if current.user(request) is None and form.alt.data:
        return keep_words(request, form, "media/_alt_form.html", "#media-alt")
    media = media_of(request)
    if not form.validate():
        return details(request, media, form, status=422)
    media.describe(form.alt.data or "")
    if current.is_htmx(request):
        return details(request, media, form, note="The description is saved.")
    flashes.add(request, "success", "The description is saved.")
    return redirect(f"/media/{media.id}")


def media_of(request: Request, *, hold: bool = False) -> Media:
    """The image of the address. Raises ForbiddenError for those without any, NotFoundError for those of others."""
    user = current.require(request, rules.may_upload)
    media = queries.find_media(current.session(request), request.path_params["id"], hold=hold)
    if media is None or not rules.may_see(user, media):
        raise NotFoundError
    if not rules.may_change(user, media):
        raise ForbiddenError
    return media


def details(
    request: Request, media: Media, form: AltForm, *, status: int = 200, note: str = "", problem: str = ""
) -> Response:
    """The page about an image, or for htmx what is said about it below."""
    user, session = current.user(request), current.session(request)
    posts = queries.posts_showing(session, media)
    # Every revision is looked at for that: only where somebody could delete the image otherwise.
    remembering = [] if posts else queries.posts_remembering(session, media)
    seen = [post for post in posts or remembering if post_rules.may_see(user, post, current.now(request))]
    picture = picture_of(media.name)
    context: dict[str, Any] = {
        "media": media,
        "picture": picture,
        "card": card_of(media, is_used=bool(posts)),
        "markdown": markdown(media.alt, picture),
        "form": form,
        "note": note,
        "problem": problem,
        "posts": [(post, post_rules.may_edit(user, post)) for post in seen],
        "unseen": len(posts or remembering) - len(seen),
        "is_earlier": bool(remembering),
        "is_rescued": not posts and queries.is_rescued(session, media),
    }
    if current.is_htmx(request):
        return fragment(request, "media/_details.html", status=status, **context)
    return page(request, "media/show.html", status=status, **context)
