"""Whether a page takes as long in a large blog as in a small one: one client, no page cache, both in turn."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median

from bench.client import Client
from bench.content import NEWEST_PATH
from bench.content.people import BEGINNING, NAMED_TAGS, TAGS
from bench.content.posts import END
from bench.content.words import COMMONEST, VOCABULARY
from bench.figures import Figure, Findings, Table, at_most
from bench.measure import has_address
from bench.plan import Plan
from bench.servers import UNCACHED
from bench.stages import Stage, Stages
from web.posts.cursor import Cursor

MIDDLE = BEGINNING + (END - BEGINNING) / 2
# Rare, and yet in the smallest blog.
RARE_TAG = TAGS[20]
# In one of fifty posts: it fills a page of the smallest blog too, so that both show as much.
LESS_COMMON = VOCABULARY[500]
TRIES, QUICK_TRIES = 40, 15
# A page that takes long is asked for less often: once at least, after the look that warms everything up.
SECONDS_A_PAGE = 2.0
SEARCH = "search, commonest word"
STATES = ("draft", "review", "scheduled", "published", "unlisted", "private", "deleted")


@dataclass
class Page:
    """One address, and what it took in either blog, in milliseconds."""

    name: str
    path: str
    signed_in: bool = False
    small: list[float] = field(default_factory=list)
    large: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """How much longer it takes in the large blog."""
        return median(self.large) / median(self.small)


def pages() -> list[Page]:
    """Every list, a post, every kind of search and feed."""
    return [*_for_everybody(), *_for_writers()]


def _for_everybody() -> list[Page]:
    middle = f"before={Cursor(MIDDLE.astimezone(UTC), 1)}"
    phrase = f"%22{VOCABULARY[0]}+{VOCABULARY[1]}%22"
    return [
        Page("home", "/"),
        Page("home, from the middle on", f"/?{middle}"),
        Page("post", NEWEST_PATH),
        Page("old post", "/posts/post-number-10"),
        Page("tags", "/tags"),
        Page("commonest tag", f"/tags/{NAMED_TAGS[0]}"),
        Page("commonest tag, from the middle on", f"/tags/{NAMED_TAGS[0]}?{middle}"),
        Page("rare tag", f"/tags/{RARE_TAG}"),
        Page("author", "/authors/bench"),
        Page("author, from the middle on", f"/authors/bench?{middle}"),
        Page("archive", "/archive"),
        Page("archive of a year", f"/archive?year={datetime(2020, 1, 1, tzinfo=UTC).year}"),
        Page("feed", "/feed.xml"),
        Page("feed of a tag", f"/tags/{NAMED_TAGS[0]}/feed.xml"),
        Page("feed of an author", "/authors/bench/feed.xml"),
        Page("feed of comments", "/comments/feed.xml"),
        Page(SEARCH, f"/search?q={COMMONEST}"),
        Page("search, less common word", f"/search?q={LESS_COMMON}"),
        Page("search, phrase", f"/search?q={phrase}"),
        Page("series", "/series"),
    ]


def _for_writers() -> list[Page]:
    return [
        Page("own posts", "/write", signed_in=True),
        Page("own posts with a word", f"/write?q={LESS_COMMON}", signed_in=True),
        *(Page(f"own posts, {state}", f"/write?state={state}", signed_in=True) for state in STATES),
        Page("everybody’s posts", "/write?whose=everybody", signed_in=True),
        *(
            Page(f"everybody’s posts, {state}", f"/write?state={state}&whose=everybody", signed_in=True)
            for state in STATES
        ),
        Page("comments to manage", "/manage/comments?state=approved", signed_in=True),
        Page("comments with a word", f"/manage/comments?state=approved&q={LESS_COMMON}", signed_in=True),
        Page("comments of a name", "/manage/comments?state=approved&q=reader-2", signed_in=True),
        Page("people to manage", "/manage/people", signed_in=True),
        Page("people with a name", "/manage/people?q=author-2", signed_in=True),
        Page("images", "/media", signed_in=True),
        Page("messages", "/messages", signed_in=True),
    ]


def takes(plan: Plan) -> float:
    """Seconds for one database: most pages take less than the most that is spent on one."""
    return len(pages()) * (0.5 if plan.quick else 1.0)


def run(stages: Stages, plan: Plan) -> Findings:
    """The largest blog of the plan beside the smallest."""
    if len(plan.sizes) < 2:
        return Findings(missing=["flat: that needs blogs of two sizes"])
    small, large = (stages.at(posts) for posts in (plan.sizes[0], plan.sizes[-1]))
    found = [page for page in pages() if has_address(page.path)]
    missing = [f"{page.name}: there is no {page.path}" for page in pages() if page not in found]
    for page in found:
        _measure(page, small, large, QUICK_TRIES if plan.quick else TRIES)
    sizes = f"{large.posts:,} ÷ {small.posts:,} posts"
    table = _table(found, stages.kind, small.posts, large.posts)
    return Findings(_figures(found, stages.kind, sizes), [table], missing=missing)


def _measure(page: Page, small: Stage, large: Stage, tries: int) -> None:
    with _client(small, page) as in_small, _client(large, page) as in_large:
        for client in (in_small, in_large):
            client.get(page.path)
        spent = 0.0
        while len(page.small) < tries and spent < SECONDS_A_PAGE * 1000:
            page.small.append(in_small.get(page.path)[1])
            page.large.append(in_large.get(page.path)[1])
            spent += page.small[-1] + page.large[-1]


def _client(stage: Stage, page: Page) -> Client:
    return Client(stage.server(UNCACHED).address, stage.cookie if page.signed_in else "")


def _figures(found: list[Page], kind: str, sizes: str) -> list[Figure]:
    figures = [Figure(f"p50 of {page.name}, {sizes}", kind, page.ratio, at_most(1.5)) for page in found]
    common = [page for page in found if page.name == SEARCH]
    return figures + [Figure(page.name, kind, median(page.large), at_most(50, " ms")) for page in common]


def _table(found: list[Page], kind: str, small: int, large: int) -> Table:
    lines = [
        [page.name, f"{median(page.small):.1f}", f"{median(page.large):.1f}", f"{page.ratio:.2f}"] for page in found
    ]
    head = ["page", f"p50 ms, {small:,} posts", f"p50 ms, {large:,} posts", "ratio"]
    return Table(f"{kind}: from {small:,} posts to {large:,}", head, lines, "One client, no page cache.")
