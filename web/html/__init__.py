"""All that templates may call, and what turns text into HTML."""
