"""The last gate before a reader's browser: attacks, and what must pass."""

import random
import re
from html.parser import HTMLParser

import pytest

from web.html.markdown import render_comment, render_post
from web.html.markdown_elements import COMMENT_TAGS, POST_TAGS
from web.html.sanitise import ID_PREFIX, sanitise_comment, sanitise_post

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//a.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='javascript:alert(1)'>",
    "<img src=x srcset='javascript:alert(1) 1x'>",
    "<img srcset='data:image/svg+xml,<svg/onload=alert(1)> 2x'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></foreignObject></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><img src=x onerror=alert(1)></template>",
    "<template><div><template shadowrootmode=open><script>alert(1)</script></template></div></template>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "<title><img title='</title><img src=x onerror=alert(1)>'></title>",
    "<xmp><img title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<plaintext><script>alert(1)</script>",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    '<a href="&#106;avascript:alert(1)">x</a>',
    "<a href='java&#x0A;script:alert(1)'>x</a>",
    "<a href='jav\tascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "<javascript:alert(1)>",
    '[x](https://a.example "\\"onmouseover=alert(1)")',
    '![a"onerror=alert(1) x="](b)',
    '```"onmouseover=alert(1)\nx\n```',
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//a.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//a.example'>",
    "<base href=//a.example>",
    "<form action=//a.example><input name=password><button>Sign in</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<iframe src=//a.example></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<applet code=x></applet>",
    "<video onloadstart=alert(1)><source src=x></video>",
    "<details ontoggle=alert(1) open>x</details>",
    "<div data-hx-get=/write data-hx-trigger=load>x</div>",
    "<div hx-get=/write hx-trigger=load>x</div>",
    "<button hx-post=/posts/1/deletion>x</button>",
    "<hx-partial hx-target='#main'>x</hx-partial>",
    "<template hx type=partial hx-target='#main'>x</template>",
    "<p data-anything=1 aria-labelledby=main>x</p>",
    "<a id=main name=main href=/x>x</a>",
    "<img id=getElementById name=body src=x>",
    "<p class='flash flash-error button'>x</p>",
    "<a href=/x target=_top download ping=//a.example>x</a>",
    "<x onclick=alert(1)>x</x>",
    "<p/onclick=alert(1)>x",
    "<p onclick\n=\nalert(1)>x",
    "<<script>alert(1)//<</script>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<!--><script>alert(1)</script>-->",
    "<!--!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href=javascript:alert(1)?>",
    "<img src=`x`onerror=alert(1)>",
    "\u003cscript\u003ealert(1)\u003c/script\u003e",
    '<a href="https://a.example/\u2028javascript:alert(1)">x</a>',
]

ATTRIBUTES = set(
    "id class lang dir title href rel role aria-label cite datetime value open tabindex type disabled checked src "
    "srcset sizes alt width height loading decoding media start reversed colspan rowspan abbr scope span".split()
)
URL_ATTRIBUTES = ("href", "src", "cite", "srcset")


class Inspector(HTMLParser):
    """Says what is wrong with HTML that a reader is to see."""

    def __init__(self, tags: frozenset[str]) -> None:
        super().__init__()
        self.tags = tags
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.tags:
            self.problems.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.problems.append(f"{tag} {name}")
            if name in URL_ATTRIBUTES and re.match(
                r"[\s\x00-\x20]*(java|vb)script|[\s\x00-\x20]*data", value or "", re.IGNORECASE
            ):
                self.problems.append(f"{name}={value}")
            if name == "id" and not (value or "").startswith(ID_PREFIX):
                self.problems.append(f"id={value}")

    def handle_comment(self, data: str) -> None:
        self.problems.append("a comment")

    def handle_decl(self, decl: str) -> None:
        self.problems.append("a declaration")


def problems(html: str, tags: frozenset[str] = POST_TAGS) -> list[str]:
    inspector = Inspector(tags)
    inspector.feed(html)
    inspector.close()
    return inspector.problems


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_on_posts_fails(attack: str) -> None:
    assert problems(render_post(attack).html) == []
    assert problems(sanitise_post(attack)) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_on_comments_fails(attack: str) -> None:
    assert problems(render_comment(attack), COMMENT_TAGS) == []
    assert problems(sanitise_comment(attack), COMMENT_TAGS) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_sanitising_twice_is_sanitising_once(attack: str) -> None:
    for sanitise in (sanitise_post, sanitise_comment):
        once = sanitise(attack)
        assert sanitise(once) == once


def test_what_is_rendered_is_not_changed_by_sanitising_again() -> None:
    blocks = ["# A", "```py\nx = 1\n```", "- [x] a", "| a |\n|-:|\n| 1 |", "b[^1] ![i](/i.svg) [l](#a)", "[^1]: n"]
    text = "\n\n".join([*blocks, "<pre>\n\nx</pre>"])
    html = render_post(text).html
    assert sanitise_post(html) == html


FRAGMENTS = [
    *ATTACKS,
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<table>",
    "<td>",
    "</table>",
    "<!--",
    "-->",
    '"',
    "'",
    ">",
    "<",
    "&",
    "\n\n",
    "`",
    "[",
    "](",
]


@pytest.mark.parametrize("seed", range(150))
def test_any_mixture_is_safe_and_stable(seed: int) -> None:
    chance = random.Random(seed)
    soup = "".join(chance.choice(FRAGMENTS) for _ in range(chance.randint(2, 12)))
    html = sanitise_post(soup)
    assert problems(html) == []
    assert sanitise_post(html) == html
    assert problems(render_post(soup).html) == []
    assert problems(render_comment(soup), COMMENT_TAGS) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p id="x">a</p>', '<p id="text-x">a</p>'),
        ('<p id="text-x">a</p>', '<p id="text-x">a</p>'),
        ('<p id="">a</p>', "<p>a</p>"),
        ('<p id="a b">a</p>', "<p>a</p>"),
        ('<a href="#x">a</a>', '<a href="#text-x">a</a>'),
        ('<a href="#">a</a>', '<a href="#">a</a>'),
        ('<a href=" https://a.example ">a</a>', '<a href="https://a.example">a</a>'),
        ('<a href="tel:+491">a</a>', '<a href="tel:+491">a</a>'),
        ('<a rel="ME nofollow opener">a</a>', '<a rel="me nofollow">a</a>'),
        ('<span class="k button">a</span>', '<span class="k">a</span>'),
        ('<span class="button">a</span>', "<span>a</span>"),
        ('<img srcset="a.png 1x, https://a.example/b.png 2x">', 'srcset="a.png 1x, https://a.example/b.png 2x"'),
        ('<img srcset="a.png 1x, javascript:x 2x">', '<img loading="lazy" decoding="async">'),
        ('<img srcset=" , ">', '<img loading="lazy" decoding="async">'),
        ("<img loading=eager>", '<img loading="lazy" decoding="async">'),
        ('<div role="main" tabindex="5">a</div>', "<div>a</div>"),
        ('<th scope="row">', ""),
        ("<center>a</center>", "a"),
        ("<h1>a</h1>", "a"),
        ("<pre>\n\na</pre>", "<pre>\n\na</pre>"),
        ("<pre>\na</pre>", "<pre>a</pre>"),
        ("a\x00b\x0bc&#1;d", "abcd"),
    ],
)
def test_what_a_post_keeps(html: str, expected: str) -> None:
    assert expected in sanitise_post(html)


def test_links_of_comments_are_not_followed() -> None:
    assert sanitise_comment('<a href="/x" rel="me" id="y">a</a>') == '<a href="/x" rel="nofollow ugc">a</a>'


def test_code_in_comments_keeps_its_colours() -> None:
    html = '<div class="highlight"><pre tabindex="0"><code><span class="k">if</span></code></pre></div>'
    assert sanitise_comment(html) == html
