"""All that knows ASGI: middleware, the request's helpers, answers."""
