"""What cameras and programs put into images and behind them is no reason to refuse one, nor are chance bytes."""

import struct
from random import Random

import pytest
from PIL import Image, PngImagePlugin

from tests.media.samples import photograph, picture, saved
from tests.media.test_polyglots import KINDS, PLAIN, outcome, zip_archive
from web.media.containers import WALKS, Place, gather
from web.media.pictures import Finished
from web.media.polyglots import in_words, kind_in_notes, second_kind

XMP = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>'
    b'<rdf:Description xmlns:Container="http://ns.google.com/photos/1.0/container/" Camera:MotionPhoto="1">'
    b"<dc:description><rdf:Alt><rdf:li>A &lt;svg&gt;</rdf:li></rdf:Alt></dc:description></rdf:Description>"
    b'</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42\0\0\1\0mdat"


def samsung(film: bytes) -> bytes:
    """What Samsung's cameras put behind a photograph: pieces, a table of them, its size."""
    block = b"\0\0\x30\x0a\x10\0\0\0MotionPhoto_Data" + film
    table = b"SEFH" + struct.pack("<IIHHII", 106, 1, 0, 0x0A30, len(block), len(block))
    return block + table + struct.pack("<I", len(table)) + b"SEFT"


def telephones(kind: str, noise: bytes) -> list[bytes]:
    """Images as telephones and programs leave them."""
    data = saved(Image.frombytes("RGB", (40, 40), noise[:4800]), kind)
    tails = [b"", b"\0" * 4000, FILM + noise, samsung(FILM + noise), noise, b"PK\5\6" + b"\0" * 40]
    # What is behind the image of a photograph with a second one: brightness for bright screens, or a frame of a film.
    tails += [photograph(80, 60), b'vivo{"a": [1]}' + noise[:40], b"AXS!" + noise[:40], b"PK\5\6" + b"\xff" * 40]
    return [data + tail for tail in tails]


@pytest.mark.parametrize("kind", KINDS)
def test_what_cameras_put_behind_an_image_is_no_reason(kind: str) -> None:
    for data in telephones(kind, Random(kind).randbytes(100_000)):
        assert isinstance(outcome(data), Finished)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF"])
def test_a_cameras_notes_are_no_reason(kind: str) -> None:
    assert isinstance(outcome(saved(picture(), kind, xmp=XMP)), Finished)


def test_two_pictures_in_one_file_are_taken() -> None:
    both = saved(picture(), "MPO", save_all=True, append_images=[picture(30, 20)])
    assert isinstance(outcome(both), Finished)
    assert "an archive" in str(outcome(both + zip_archive()))


def test_a_panorama_that_does_not_end_is_nothing_else() -> None:
    """Some of Samsung's have no mark at the end of the image, and a film behind it."""
    assert PLAIN["JPEG"].endswith(b"\xff\xd9")
    data = PLAIN["JPEG"][:-2] + samsung(FILM + Random(7).randbytes(50_000))
    assert second_kind(data, "JPEG") is None
    assert kind_in_notes(data, "JPEG") is None


def made_of_noise(number: int) -> tuple[str, bytes]:
    """Another image for each number: noise of any strength, also as bytes that were never compressed."""
    random = Random(number)
    kind, size = KINDS[number % len(KINDS)], (random.randint(30, 120), random.randint(30, 120))
    width = random.choice([8, 40, 256])
    noise = bytes(min(255, 50 + random.randrange(width)) for _ in range(size[0] * size[1] * 3))
    image = Image.frombytes("RGB", size, noise)
    options = {"PNG": {"compress_level": number % 2 * 6}, "JPEG": {"quality": random.randint(5, 100)}}
    if kind == "PNG" and number % 3 == 0:
        image = image.convert("P")
    return kind, saved(image, kind, **options.get(kind, {}))


def test_noise_is_no_reason() -> None:
    for number in range(400):
        kind, data = made_of_noise(number)
        behind = Random(number).randbytes(20_000)
        assert second_kind(data + behind, kind) is None
        assert kind_in_notes(data + behind, kind) is None


@pytest.mark.parametrize("words", [b"<?=$_GET[0](1234567890)?>", b"<svg onload=alert(1)>"])
def test_pixels_may_be_any_bytes(words: bytes) -> None:
    """Short signs are looked for where words stand: in an image that is not compressed they are a row of pixels."""
    image = Image.frombytes("P", (len(words), 1), words)
    image.putpalette(bytes(768))
    data = saved(image, "PNG", compress_level=0)
    assert words in data
    assert isinstance(outcome(data), Finished)
    assert in_words(words)


@pytest.mark.parametrize("kind", KINDS)
def test_every_byte_after_the_beginning_belongs_to_one_part(kind: str) -> None:
    data = PLAIN[kind] + b"behind"
    parts = list(WALKS[kind](data))
    assert gather(data, kind, Place.BEHIND) == b"behind"
    assert all(parts[number].start >= parts[number - 1].end for number in range(1, len(parts)))
    assert sum(part.end - part.start for part in parts if part.place is Place.PIXELS) > 50


@pytest.mark.parametrize("kind", KINDS)
def test_half_a_file_can_be_walked_through(kind: str) -> None:
    for length in range(12, len(PLAIN[kind])):
        gather(PLAIN[kind][:length], kind, *Place)


def test_a_compressed_note_is_no_page() -> None:
    """No browser would find the words."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Diagram", "<svg onload=alert(1)>" * 9, zip=True)
    assert isinstance(outcome(saved(picture(), "PNG", pnginfo=info)), Finished)


@pytest.mark.parametrize(
    "caption",
    [
        "JavaScript: The Good Parts — Firefox",
        'Photo by <a href="https://example.org/ada">Ada</a>, <b>no</b> rights reserved',
        "I <3 a < b, and 5 % <%",
    ],
)
def test_a_caption_is_no_page(caption: str) -> None:
    info, exif = PngImagePlugin.PngInfo(), Image.Exif()
    info.add_itxt("Title", caption)
    exif[0x010E] = caption
    assert isinstance(outcome(saved(picture(), "PNG", pnginfo=info)), Finished)
    assert isinstance(outcome(saved(picture(), "JPEG", exif=exif)), Finished)
