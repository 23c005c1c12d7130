"""Liquid inside Markdown."""

import pytest

from web.transfer.liquid import from_liquid

CASES = [
    ("base address", "[a]({{ site.baseurl }}/x) {{site.baseurl}} {{ site.url }}", "[a](/x)  "),
    ("address filter", '[a]({{ "/x/" | url }}) {{ "/y" | relative_url }}', "[a](/x/) /y"),
    ("prepend", "{{ '/x' | prepend: site.baseurl }}", "/x"),
    ("dated address", '[a]({{ "/2015/10/05/Managing_Debt/" | url }})', "[a](/posts/managing-debt)"),
    ("dated address with a place", '[a]({{ "/2015/10/05/debt/#why" | url }})', "[a](/posts/debt#why)"),
    ("dated address in HTML", '<a href="/2015/10/05/debt.html">a</a>', '<a href="/posts/debt">a</a>'),
    ("dated address of a reference", "[a]: /2015/10/05/debt/\n", "[a]: /posts/debt\n"),
    ("dated address in the text", "at /2015/10/05/debt/ once", "at /2015/10/05/debt/ once"),
    ("address of a tag", "[a](/tags/open-source/)", "[a](/tags/open-source)"),
    ("post_url", "[a]({% post_url 2015-10-05-debt %})", "[a](/posts/debt)"),
    ("link", "[a]({% link _posts/2015-10-05-debt.md %})", "[a](/posts/debt)"),
    ("raw", "{% raw %}{{ x }} {% y %}{% endraw %}", "{{ x }} {% y %}"),
    ("raw without blanks", "{%raw%}{{ x }}{%endraw%}", "{{ x }}"),
    ("raw twice", "{% raw %}{{ a }}{% endraw %} {{ site.url }} {% raw %}{{ b }}{% endraw %}", "{{ a }}  {{ b }}"),
    ("comment", "a {% comment %}no -- {{ x }}{% endcomment %} b", "a <!-- no - - {{ x }} --> b"),
    ("highlight", "{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}", "```ruby\nputs 1\n```"),
    ("highlight without a language", "{% highlight %}\nx\n{% endhighlight %}", "```\nx\n```"),
    (
        "highlight with fences inside",
        "{% highlight md %}\n```\nx\n```\n{% endhighlight %}",
        "````md\n```\nx\n```\n````",
    ),
    ("raw in highlight", "{% highlight html %}{% raw %}{{ x }}{% endraw %}{% endhighlight %}", "```html\n{{ x }}\n```"),
    ("whitespace control", "{%- raw -%}{{ x }}{%- endraw -%}", "{{ x }}"),
    ("image", '{% image "a/b.png" "A press" %}', "![A press](/a/b.png)"),
    ("image in a link", '[{% image "a/b.png" "A press" %}](/x)', "[![A press](/a/b.png)](/x)"),
    (
        "image in HTML",
        '<div>\n  {% image "a/b.png" "A press" %}\n</div>',
        '<div>\n  <img src="/a/b.png" alt="A press">\n</div>',
    ),
    ("image with quotation marks", '{% image "a.png" "He said "no"" %}', '![He said "no"](/a.png)'),
    ("image in doubled quotation marks", '{% image "a.png" ""The page"" %}', "![The page](/a.png)"),
    ("image with a comma", '{% image "a.png", "The page" %}', "![The page](/a.png)"),
    ("image with a class", '{% image_with_class "a.png" "wide" "A press" %}', "![A press](/a.png)"),
    ("image with a class and no words", '{% image_with_class "a.png" "wide" "" %}', "![](/a.png)"),
    ("image with brackets", '{% image "a.png" "[x] *y* &ldquo;z&rdquo;" %}', r"![\[x\] \*y\* “z”](/a.png)"),
    ("image with a blank in its address", '{% image "a b.png" "x" %}', '<img src="/a b.png" alt="x">'),
    ("image from elsewhere", '{% image "https://a.example/b.png" "x" %}', "![x](https://a.example/b.png)"),
    (
        "figure",
        '{% include "linked-figure.html",\n  image: "/a.png",\n  alt: "An \'a\'",\n  caption: "See <b>a</b>" %}',
        '<figure>\n<img src="/a.png" alt="An \'a\'">\n<figcaption>See <b>a</b></figcaption>\n</figure>',
    ),
    ("figure without a caption", '{% include figure.html src="/a.png" alt="A" %}', "![A](/a.png)"),
    (
        "embedded video",
        '{{ "https://www.youtube-nocookie.com/embed/aeQX16HCKSs" | embed: "Join us" }}',
        "[Join us](https://www.youtube.com/watch?v=aeQX16HCKSs)",
    ),
    ("embedded page", "{{ 'https://a.example/x' | embed: 'X' }}", "[X](https://a.example/x)"),
    ("value of the front matter", "{{ page.image }} {{ image | url }}", "/i.png /i.png"),
    ("plain text", "100% {x} { % y % } } {", "100% {x} { % y % } } {"),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_liquid_becomes_markdown(text: str, expected: str) -> None:
    assert from_liquid(text, {"image": "/i.png"}) == (expected, [])


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("{% tabs %}", "{% tabs %}"),
        ("{% for x in y %}{% endfor %}", "{% for %}"),
        ("{% include nav.html %}", "{% include %}"),
        ('{% image "x" %}', "{% image %}"),
        ("{% raw %} never ends", "{% raw %}"),
        ("{% link about.md %}", "{% link %}"),
        ("{% %}", "{%  %}"),
        ("{{ unknown }}", "{{ unknown }}"),
        ('{{ "holly" | team_link }}', '{{ "holly" | team_link }}'),
        ("{{ page.nothing }}", "{{ page.nothing }}"),
        ("{{< figure >}}", "{{ < figure > }}"),
    ],
)
def test_what_is_not_understood_stays_and_is_named(text: str, subject: str) -> None:
    converted, warnings = from_liquid(text, {})
    assert converted == text
    assert warnings[0] == f"{subject} is not understood and was kept as text"


def test_a_warning_comes_once() -> None:
    assert len(from_liquid("{% x %}" * 100, {})[1]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "{%" * 20_000,
        "{{" * 20_000,
        "{% " * 20_000,
        "{% " + " " * 20_000,
        "{% raw %}" * 20_000,
        "{% highlight %}" * 5_000,
    ],
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    assert from_liquid(text, {})[0] == text
