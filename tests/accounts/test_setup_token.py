from web.accounts import setup_token


def test_the_token_is_right_for_its_blog_only() -> None:
    token = setup_token.make("a key")
    assert setup_token.is_right(token, "a key")
    assert not setup_token.is_right(token, "another key")


def test_a_wrong_token_is_wrong() -> None:
    token = setup_token.make("a key")
    for wrong in ("", token[:-1], token + "0", token.upper(), "ä", "\x00"):
        assert not setup_token.is_right(wrong, "a key")


def test_the_token_does_not_tell_the_key() -> None:
    assert "a key" not in setup_token.make("a key")
    assert len(setup_token.make("a key")) == 32
