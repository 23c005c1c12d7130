"""Images that were uploaded here: their addresses say all that a page needs to know."""

import pytest

from web.html.markdown import render_post
from web.html.pictures import SIZES, Picture, digests_in
from web.html.sanitise import sanitise_post

DIGEST = "0123456789abcdef0123456789abcdef"
LARGE = f"/media/files/{DIGEST}-2000x1000.jpg"
STEM = f"/media/files/{DIGEST}-2000x1000"


def test_an_uploaded_image_has_its_size_and_a_choice_of_smaller_ones() -> None:
    html = render_post(f'![A press]({LARGE} "Old")').html
    assert html == (
        f'<p><img loading="lazy" decoding="async" src="{LARGE}" alt="A press" title="Old" width="2000" height="1000" '
        f'srcset="{STEM}-400.webp 400w, {STEM}-800.webp 800w, {STEM}-1600.webp 1600w" sizes="{SIZES}"></p>\n'
    )
    assert sanitise_post(html) == html


@pytest.mark.parametrize(
    ("width", "srcset"),
    [
        (400, ""),
        (401, "-400.webp 400w, .png 401w"),
        (1600, "-400.webp 400w, -800.webp 800w, .png 1600w"),
        (1601, "-400.webp 400w, -800.webp 800w, -1600.webp 1600w"),
    ],
)
def test_nothing_is_enlarged(width: int, srcset: str) -> None:
    picture = Picture(DIGEST, width, 9, "png")
    stem = picture.url.removesuffix(".png")
    assert picture.srcset.replace(stem, "") == srcset
    assert ("srcset" in render_post(f"![]({picture.url})").html) is bool(srcset)


@pytest.mark.parametrize(
    "address",
    [
        f"{STEM}-400.webp",
        f"https://elsewhere.example{LARGE}",
        f"//elsewhere.example{LARGE}",
        f"/other{LARGE}",
        f"{LARGE}?x",
        f"{LARGE}%0A",
        f"{STEM}.svg",
        f"{STEM}.html",
        f"/media/files/{DIGEST.upper()}-2000x1000.jpg",
        f"/media/files/{DIGEST}-0x1000.jpg",
        f"/media/files/{DIGEST}-100000x1.jpg",
        "/media/files/a.jpg",
    ],
)
def test_other_images_stay_as_they_are(address: str) -> None:
    html = render_post(f"![x]({address})").html
    assert "<img" in html
    assert "width" not in html
    assert "srcset" not in html


def test_images_in_links_tables_and_lists_are_completed_too() -> None:
    text = f"[![a]({LARGE})](/x)\n\n| a |\n|---|\n| ![b]({LARGE}) |\n\n- ![c]({LARGE})\n\n![d][1]\n\n[1]: {LARGE}\n"
    assert render_post(text).html.count('width="2000" height="1000" srcset=') == 4


def test_a_file_knows_its_image() -> None:
    picture = Picture(DIGEST, 900, 10, "jpg")
    assert Picture.parse(picture.name) == Picture.owning(picture.name) == picture
    for name in picture.smaller_names:
        assert Picture.parse(name) is None
        owner = Picture.owning(name)
        assert owner is not None
        assert owner.digest == DIGEST
    for name in (f"{DIGEST}-900x10-1600.webp", f"{DIGEST}-900x10-400.jpg", f"{DIGEST}-900x10-401.webp", "x", ""):
        assert Picture.owning(name) is None


def test_addresses_are_found_wherever_they_stand_in_a_text() -> None:
    others = [character * 32 for character in "abc"]
    text = (
        f"![]({LARGE}) <img src='/media/files/{others[0]}-500x1-400.webp'>\n\n"
        f"[full](https://blog.example/media/files/{others[1]}-5x5.gif)\n\n"
        f"/media/files/{DIGEST}-2000x1000.exe /media/files/short.jpg\n\n[1]: /media/files/{others[2]}-5x5.png"
    )
    assert digests_in(text) == {DIGEST, *others}
    assert digests_in("Nothing here.", "") == set()
