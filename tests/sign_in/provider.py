"""A small OpenID Connect provider: discovery, keys, authorisation code with PKCE, ID tokens signed by RS256.

It asks nobody for a password: ``signed_in`` says who sits at the browser. Everything else is as the standard has it,
and a request that is not is refused.
"""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "peakdesk-test", "a client secret of the test's own"


@dataclass
class Provider:
    """The provider; ``signed_in`` is who sits at the browser, and what is known of them."""

    address: str
    back: str
    signed_in: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"}))
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def app(self) -> Starlette:
        """The provider's endpoints."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.discovery),
                Route("/keys", self.keys),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
            ]
        )

    async def discovery(self, _request: Request) -> Response:
        """What there is, and where."""
        own = {
            f"{name}_endpoint": f"{self.address}/{path}"
            for name, path in (("authorization", "authorize"), ("token", "token"))
        }
        own |= {"issuer": self.address, "jwks_uri": f"{self.address}/keys"}
        lists = {
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "code_challenge_methods_supported": ["S256"],
        }
        return JSONResponse(own | lists | {"id_token_signing_alg_values_supported": ["RS256"]})

    async def keys(self, _request: Request) -> Response:
        """The public key."""
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def authorize(self, request: Request) -> Response:
        """A code for who is signed in, to the registered address only."""
        query = request.query_params
        self.asked.append("authorize")
        good = (
            query["client_id"] == CLIENT
            and query["redirect_uri"] == self.back
            and query["code_challenge_method"] == "S256"
        )
        if not good or "openid" not in query["scope"].split():
            return Response(status_code=400)
        code = secrets.token_urlsafe(24)
        self.codes[code] = {
            "challenge": query["code_challenge"],
            "nonce": query.get("nonce"),
            "who": dict(self.signed_in),
        }
        return RedirectResponse(f"{self.back}?{urlencode({'code': code, 'state': query['state']})}", status_code=302)

    async def token(self, request: Request) -> Response:
        """Tokens for a code, once, for the client that can prove that it asked."""
        self.asked.append("token")
        form = {name: str(value) for name, value in (await request.form()).items()}
        given = (
            base64.b64decode(request.headers.get("authorization", "").removeprefix("Basic ")).decode().partition(":")
        )
        client = (form.get("client_id"), form.get("client_secret")) if "client_secret" in form else (given[0], given[2])
        found = self.codes.pop(form.get("code", ""), None)
        proof = (
            base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
            .rstrip(b"=")
            .decode()
        )
        if found is None or proof != found["challenge"] or client[0] != CLIENT or form["redirect_uri"] != self.back:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 600,
            "nonce": found["nonce"],
            "sub": "1",
        } | found["who"]
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key)
        return JSONResponse(
            {"access_token": secrets.token_urlsafe(24), "token_type": "Bearer", "expires_in": 600, "id_token": signed}
        )


@contextmanager
def providing(port: int, back: str) -> Iterator[Provider]:
    """A running provider for an app that is come back to at ``back``."""
    provider = Provider(f"http://127.0.0.1:{port}", back)
    server = uvicorn.Server(uvicorn.Config(provider.app(), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.05)
        yield provider
    finally:
        server.should_exit = True
        thread.join(timeout=20)
