"""Texts and how many words a person would count in them: the blog and the editor in the browser count alike."""

COUNTED_WORDS = [
    ("", 0),
    ("one two  three", 3),
    ("don't re-print", 2),
    ("one — two—three and/or", 5),
    ("42 pages", 2),
    ("活字印刷", 2),
    ("カタカナとGutenberg", 4),
    # Characters that are written by their names.
    ("Fish &amp; chips", 2),
    ("AT&T", 1),
    ("one&nbsp;two&mdash;three &#8211; &#x41;", 4),
    ("caf&eacute; &copy; 2026", 2),
    ("&lt;em&gt; stands here", 3),
    ("R&D; and more", 3),
    # Signs of footnotes are no words; the notes are.
    ("Word.[^1] More.\n\n[^1]: A note here.", 5),
    ("Word [^long-name] more.\n\n[^long-name]: A note.", 4),
    ("Word[^1][^2].\n\n[^1]: One.\n[^2]: Two.", 3),
    ("Word^[a note] more.", 4),
    # Links and images: what is read.
    ("See [the site](https://example.org/a/b) now.", 4),
    ('See [the site](https://example.org "Its long title") now.', 4),
    ('See [the site][s] now.\n\n[s]: https://example.org/a/b "A title here"', 4),
    ("See [the site][Another One].\n\n[another one]: <https://example.org>", 3),
    ("See [this].\n\n[this]: /a/b 'A title'\n[that]: /c (Another title)", 2),
    ("A picture: ![of a heron](/media/1.webp) here", 3),
    ('![of a heron](/media/1.webp "With a title")', 0),
    ("![of a heron][heron] here\n\n[heron]: /media/1.webp", 1),
    ("<https://example.org/a> and <ada@example.org>", 5),
    # Signs of Markdown and HTML.
    ("# A head\n\n> *A* __quote__\n\n***", 4),
    ("1. First\n2. Second\n   - [x] Third thing\n   - [ ] Fourth", 5),
    ("It was 1. of May", 5),
    ("```python\nprint(1) # two\n```", 2),
    ("A <span title='of a tag'>word</span><!-- not seen -->.", 2),
    ("| a | b |\n|---|---|\n| c | d |", 4),
]
