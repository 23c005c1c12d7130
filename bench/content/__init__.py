"""What the measured blogs hold: made by the bench, the same every time, whatever the size."""

USERNAME = "bench"
PASSWORD = "a password that only the bench knows"
# Posts that are only read, so that their pages and the lists weigh the same from first to last, and at every size.
READ_ONLY_POSTS = 50
NEWEST_TITLE = "The newest of many posts"
NEWEST_PATH = "/posts/the-newest-of-many-posts"
LAST_COMMENT = "The last of its comments."


def commented_posts(posts: int) -> int:
    """How many of so many posts take what the bench writes: these are the numbers from 1 on."""
    return max(posts - READ_ONLY_POSTS, 1)
