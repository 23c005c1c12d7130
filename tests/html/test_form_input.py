"""What a browser sent is read as it was meant, or known to be broken."""

import pytest

from web.html.form_input import MAX_FIELDS, FormInput, is_utf8, parse


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"body=Gr%C3%BC%C3%9Fe", "Grüße"),
        ("body=Grüße".encode(), "Grüße"),
        (b"body=a+b%2Bc", "a b+c"),
        (b"body=%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB", "👩‍💻"),
        (b"body=", ""),
        (b"body", ""),
        (b"other=x", ""),
        (b"body=first&body=second", "first"),
        (b"body=a%0D%0Ab%00", "a\r\nb\x00"),
        (b"body=a;b%zz%", "a;b%zz%"),
        (b"body=%EF%BF%BD", "\N{REPLACEMENT CHARACTER}"),
        ("body=\N{REPLACEMENT CHARACTER}".encode(), "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_text_is_decoded(body: bytes, value: str) -> None:
    sent = parse(body)
    assert sent.get("body") == value
    assert sent.is_decodable


@pytest.mark.parametrize("body", [b"body=%FF", b"body=\xff", b"body=%C3", b"body=\xc3(", b"a=%ED%A0%80&body="])
def test_what_is_not_utf8_is_noticed(body: bytes) -> None:
    assert not parse(body).is_decodable


def test_too_many_fields_are_refused() -> None:
    assert len(parse(b"&".join(b"a%d=" % number for number in range(MAX_FIELDS)))) == MAX_FIELDS
    with pytest.raises(ValueError, match="fields"):
        parse(b"a=&" * MAX_FIELDS + b"a=")


def test_it_has_the_shape_that_forms_want() -> None:
    sent = FormInput([("tag", "a"), ("tag", "b"), ("title", "x")])
    assert "tag" in sent
    assert "body" not in sent
    assert list(sent) == ["tag", "title"]
    assert len(sent) == 2
    assert sent.getlist("tag") == ["a", "b"]
    assert sent.getlist("body") == []
    assert sent.get("body", "nothing") == "nothing"


def test_bytes_are_utf8_or_not() -> None:
    assert is_utf8("ü".encode())
    assert not is_utf8("ü".encode("latin-1"))
