"""Headers on every answer, and the limit on what a request may carry."""

from __future__ import annotations

from flask import Flask, Response, abort, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PAGE_POLICY = f"{POLICY}; script-src 'self'; connect-src 'self'"
"""Of the public pages, which are whole without the scripts they offer."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def protect(app: Flask, max_body_bytes: int) -> None:
    """Sets the headers; a room that needs another policy sets its own first."""
    app.config["MAX_CONTENT_LENGTH"] = max_body_bytes

    @app.before_request
    def refuse_large_bodies() -> None:
        # Also where nobody reads the body: Flask alone judges it only then.
        if (request.content_length or 0) > max_body_bytes:
            abort(413)

    app.before_request(_refuse_queries_that_are_no_text)

    @app.after_request
    def set_headers(response: Response) -> Response:
        own = {name.lower() for name, _ in response.headers}
        for name, value in HEADERS.items():
            if name.lower() not in own:
                response.headers.add(name, value)
        return response


def _refuse_queries_that_are_no_text() -> None:
    """Every page reads it as text; the framework itself fails over one that is none."""
    if request.query_string.isascii():
        return
    try:
        request.query_string.decode()
    except UnicodeDecodeError:
        # The page that tells it has an address to write, too.
        request.environ["QUERY_STRING"] = ""
        vars(request)["query_string"] = b""
        abort(400, "The query of the address is not UTF-8: write its letters as %C3%A9 and the like.")
