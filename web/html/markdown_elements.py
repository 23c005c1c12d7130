"""The HTML elements that posts and comments may have, and what the other ones do."""


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


COMMENT_TAGS = _words("a blockquote br code div em li ol p pre span strong ul")

POST_TAGS = COMMENT_TAGS | _words(
    "abbr aside b bdi bdo caption cite col colgroup data dd del details dfn dl dt figcaption figure h2 h3 h4 h5 h6 hr "
    "i img input ins kbd mark picture q rp rt ruby s samp section small source sub summary sup table tbody td tfoot "
    "th thead time tr u var wbr"
)

# Elements that go with all they contain: it is code, or means nothing without them.
DROPPED_WITH_CONTENT = _words("embed iframe math noembed noframes noscript object script style svg template")

# Elements that are HTML all the same; what they contain stays.
UNWRAPPED = _words(
    "acronym address applet area article audio base basefont big body button canvas center datalist dialog dir "
    "fieldset font footer form frame frameset h1 head header hgroup html label legend link main map marquee menu meta "
    "meter nav nobr optgroup option output param progress rtc search select slot strike textarea title track tt video "
    "xmp"
)
KNOWN_TAGS = POST_TAGS | DROPPED_WITH_CONTENT | UNWRAPPED

VOID = _words("area base basefont br col embed frame hr img input link meta param source track wbr")

# These close their like by themselves, so that they never pile up without another element between them.
CLOSED_BY_THE_NEXT = _words("colgroup dd dt li option p rp rt tbody td tfoot th thead tr")

# A parser opens these again in every later block when they were not closed.
FORMATTING = _words("a b big code em font i nobr s small strike strong tt u")
