"""A small identity provider on this machine: discovery, keys, and a token for whoever is vouched for."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "amo", "secret of the client"


@dataclass
class Issuer:
    """``claims`` is what the next token says beside the usual; ``fault`` makes the token endpoint refuse."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    fault: bool = False
    asked: dict[str, str] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    signs_with: RSAKey | None = None

    def allow(self, location: str) -> str:
        """The person agrees: the address their browser is sent back to, from the one it was sent to."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        self.asked = query
        back = urlsplit(query["redirect_uri"]).path
        return f"{back}?code=a-code&state={query['state']}"

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def token(self, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """PKCE is checked as a real provider does."""
        proof = urlsafe_b64encode(sha256(sent.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if self.fault or proof != self.asked.get("code_challenge"):
            return 400, {"error": "invalid_grant", "error_description": "no"}
        now = int(time.time())
        usual = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": self.asked["nonce"]}
        claims = usual | self.claims
        text = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.signs_with or self.key)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": text}


@contextmanager
def running_issuer() -> Iterator[Issuer]:
    """Answers on a free port until the block ends."""
    issuer = Issuer()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.endswith("/jwks"):
                self._send(200, {"keys": [issuer.key.as_dict(private=False)]})
            else:
                self._send(200, issuer.metadata())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._send(*issuer.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _send(self, status: int, body: dict[str, Any]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    issuer.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
