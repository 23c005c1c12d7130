"""The whole URL map. Addresses that are asked for most stand first."""

from starlette.routing import Route

from web.accounts import (
    account,
    login_sessions,
    password_changes,
    profiles,
    setups,
    sign_ins,
    sign_outs,
    sign_ups,
)
from web.archive import archive
from web.authors import authors
from web.blog import favicon
from web.comments import approvals, comments, composition, moderation
from web.drafts import (
    autosaves,
    comparisons,
    conflicts,
    deletions,
    drafts,
    presences,
    previews,
    publications,
    recoveries,
    restorations,
    revisions,
    submissions,
)
from web.feeds import feeds, robots, sitemap
from web.health import probes
from web.http import convertors
from web.http.early_answers import EarlyView
from web.http.endpoints import address
from web.manage import dashboard, people, roles, settings
from web.media import deletions as media_deletions
from web.media import files, media, uploads
from web.messages import announcements, messages
from web.pages import pages
from web.posts import posts
from web.publishing import (
    authorships,
    decisions,
    parts,
    preview_links,
    reviews,
    schedules,
    secret_previews,
    slug_checks,
    static_pages,
)
from web.publishing import settings as post_settings
from web.search import search
from web.series import series
from web.tags import tags

convertors.register()

# Answered before anything else: these need neither database nor session.
EARLY: dict[str, EarlyView] = {
    "/healthz": probes.health,
    "/readyz": probes.ready,
    "/favicon.ico": favicon.show,
    "/media/files/": files.show,
}

# Bodies sent to these may hold images.
UPLOADS = ["/media"]

# Addresses whose answers many readers may share; each answer says whether it can be.
SHARED_PAGES = frozenset(
    "posts.index posts.show posts.source pages.show archive.index tags.index tags.show authors.show"
    " series.index series.show".split()
)
# The same, but nobody ever gets anything else there than all others.
SAME_FOR_ALL = frozenset(
    "feeds.atom feeds.rss feeds.json feeds.comments feeds.tag_atom feeds.tag_rss feeds.tag_json feeds.author_atom"
    " feeds.author_rss feeds.author_json feeds.sitemap feeds.sitemap_file feeds.robots".split()
)
SHARED = SHARED_PAGES | SAME_FOR_ALL

ROUTES: list[Route] = [
    address("/", "posts.index", get=posts.index),
    address("/posts/{slug:slug}", "posts.show", get=posts.show),
    address("/feed.xml", "feeds.atom", get=feeds.atom),
    address("/rss.xml", "feeds.rss", get=feeds.rss),
    address("/feed.json", "feeds.json", get=feeds.json),
    address("/archive", "archive.index", get=archive.index),
    address("/tags", "tags.index", get=tags.index),
    address("/tags/{slug:slug}", "tags.show", get=tags.show),
    address("/authors/{username:name}", "authors.show", get=authors.show),
    address("/search", "search.index", get=search.index),
    address("/series", "series.index", get=series.index),
    address("/series/{slug:slug}", "series.show", get=series.show),
    address("/series/{slug:slug}/edit", "series.edit", get=series.edit, post=series.update),
    address("/posts/{slug:slug}.md", "posts.source", get=posts.source),
    address("/posts/{slug:slug}/comments", "comments.create", post=composition.create),
    address("/posts/{slug:slug}/comments/new", "comments.new", get=composition.new),
    address("/comments/{id:key}", "comments.show", get=comments.show, post=comments.update),
    address("/comments/{id:key}/edit", "comments.edit", get=comments.edit),
    address("/comments/{id:key}/deletion", "comments.destroy", get=comments.confirm, post=comments.destroy),
    address("/comments/{id:key}/approval", "comments.approve", post=approvals.approve),
    address("/comments/{id:key}/rejection", "comments.reject", post=approvals.reject),
    address("/comments/feed.xml", "feeds.comments", get=feeds.comments),
    address("/tags/{slug:slug}/feed.xml", "feeds.tag_atom", get=feeds.tag_atom),
    address("/tags/{slug:slug}/rss.xml", "feeds.tag_rss", get=feeds.tag_rss),
    address("/tags/{slug:slug}/feed.json", "feeds.tag_json", get=feeds.tag_json),
    address("/authors/{username:name}/feed.xml", "feeds.author_atom", get=feeds.author_atom),
    address("/authors/{username:name}/rss.xml", "feeds.author_rss", get=feeds.author_rss),
    address("/authors/{username:name}/feed.json", "feeds.author_json", get=feeds.author_json),
    address("/sitemap.xml", "feeds.sitemap", get=sitemap.index),
    address("/sitemap-{number:key}.xml", "feeds.sitemap_file", get=sitemap.show),
    address("/robots.txt", "feeds.robots", get=robots.show),
    address("/write", "drafts.index", get=drafts.index, post=drafts.create),
    address("/write/new", "drafts.new", get=drafts.new),
    address("/write/slug", "slug_checks.show", get=slug_checks.show),
    address("/write/preview", "drafts.preview", post=previews.create),
    address("/write/recovered", "recoveries.index", get=recoveries.index),
    address("/write/recovered/{id:key}", "recoveries.show", get=recoveries.show),
    address("/write/recovered/{id:key}/deletion", "recoveries.destroy", post=recoveries.destroy),
    address("/write/{id:key}/presence", "presences.create", post=presences.create),
    address("/write/comparison", "drafts.compare", post=comparisons.create),
    address("/write/autosave", "autosaves.create", post=autosaves.create),
    address("/write/{id:key}/autosave", "autosaves.update", post=autosaves.update),
    address("/write/{id:key}", "drafts.edit", get=drafts.edit, post=drafts.update),
    address("/write/{id:key}/history", "revisions.index", get=revisions.index),
    address("/write/{id:key}/history/{revision:key}", "revisions.show", get=revisions.show),
    address("/write/{id:key}/history/{revision:key}/restoration", "restorations.create", post=restorations.create),
    address("/write/{id:key}/conflicts/{revision:key}", "conflicts.show", get=conflicts.show, post=conflicts.update),
    address("/write/{id:key}/publication", "publications.create", post=publications.create),
    address("/write/{id:key}/publication/withdrawal", "publications.destroy", post=publications.destroy),
    address("/write/{id:key}/submission", "submissions.create", post=submissions.create),
    address("/write/{id:key}/submission/withdrawal", "submissions.destroy", post=submissions.destroy),
    address("/write/{id:key}/deletion", "deletions.create", post=deletions.create),
    address("/write/{id:key}/deletion/undo", "deletions.destroy", post=deletions.destroy),
    address("/media", "media.index", get=media.index, post=uploads.create, takes_files=True),
    address("/media/{id:key}", "media.show", get=media.show, post=media.update),
    address("/media/{id:key}/deletion", "media.destroy", get=media_deletions.confirm, post=media_deletions.create),
    address("/write/{id:key}/settings", "publishing.settings", get=post_settings.edit, post=post_settings.update),
    address("/write/{id:key}/schedule", "schedules.create", post=schedules.create),
    address("/write/{id:key}/schedule/cancellation", "schedules.destroy", post=schedules.destroy),
    address("/write/{id:key}/review", "reviews.create", post=reviews.create),
    address("/write/{id:key}/review/withdrawal", "reviews.destroy", post=reviews.destroy),
    address("/write/{id:key}/review/approval", "decisions.create", post=decisions.create),
    address("/write/{id:key}/review/return", "decisions.destroy", post=decisions.destroy),
    address("/write/{id:key}/preview-links", "preview_links.create", post=preview_links.create),
    address("/write/{id:key}/preview-links/{link:key}/revocation", "preview_links.destroy", post=preview_links.destroy),
    address("/preview/{token:token}", "secret_previews.show", get=secret_previews.show),
    address("/write/{id:key}/page", "static_pages.create", post=static_pages.create),
    address("/write/{id:key}/page/removal", "static_pages.destroy", post=static_pages.destroy),
    address("/write/{id:key}/series", "parts.update", post=parts.update),
    address("/write/{id:key}/authors", "authorships.create", post=authorships.create),
    address("/write/{id:key}/authors/{username:name}/removal", "authorships.destroy", post=authorships.destroy),
    address("/write/{id:key}/authors/{username:name}/position", "authorships.update", post=authorships.update),
    address("/messages", "messages.index", get=messages.index),
    address("/messages/new", "announcements.new", get=announcements.new, post=announcements.create),
    address("/messages/reading", "messages.read_all", post=messages.read_all),
    address("/messages/{id:key}/reading", "messages.read", post=messages.read),
    address("/sign-up", "accounts.sign_up", get=sign_ups.new, post=sign_ups.create),
    address("/sign-in", "accounts.sign_in", get=sign_ins.new, post=sign_ins.create),
    address("/sign-out", "accounts.sign_out", post=sign_outs.create),
    address("/setup", "accounts.setup", get=setups.new, post=setups.create),
    address("/account", "accounts.show", get=account.show),
    address("/account/profile", "accounts.profile", post=profiles.update),
    address("/account/password", "accounts.password", post=password_changes.create),
    address("/account/sessions/{id:key}/deletion", "accounts.end_session", post=login_sessions.destroy),
    address("/manage", "manage.index", get=dashboard.index),
    address("/manage/comments", "manage.comments", get=moderation.index),
    address("/manage/people", "manage.people", get=people.index),
    address("/manage/people/{id:key}/role", "manage.role", post=roles.update),
    address("/manage/settings", "manage.settings", get=settings.edit, post=settings.update),
    # Behind all others: an address that is none of theirs may be a page's.
    address("/{slug:page}", "pages.show", get=pages.show),
]
