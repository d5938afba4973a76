"""Signs what Schemathesis sends, with HMAC-SHA256 as the service asks for it.

    SCHEMATHESIS_HOOKS=signing_hook schemathesis run ACTION.openapi.json --url http://127.0.0.1:18080

in the folder of this file. Keys come from VOLCENGINE_ACCESS_KEY, VOLCENGINE_SECRET_KEY and, where
there is one, VOLCENGINE_SESSION_TOKEN; the region from VOLCENGINE_REGION (cn-beijing).
"""

import datetime
import hashlib
import hmac
import os
from urllib.parse import parse_qsl, quote, urlsplit

import requests.auth
import schemathesis

SERVICE = "@SERVICE@"
ALGORITHM = "HMAC-SHA256"


def encoded(text):
    return quote(text, safe="-_.~")


def canonical_query(url):
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    # By name alone: a name that stands twice keeps the order of the request.
    pairs = sorted(((encoded(name), encoded(value)) for name, value in pairs), key=lambda p: p[0])
    return "&".join(f"{name}={value}" for name, value in pairs)


def sha256(body):
    return hashlib.sha256(body).hexdigest()


def mac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class Signature(requests.auth.AuthBase):
    """Signs a request as it is about to be sent."""

    def __init__(self, access_key, secret_key, session_token, region):
        self.access_key, self.secret_key = access_key, secret_key
        self.session_token, self.region = session_token, region

    def __call__(self, request):
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        signed = {"host": urlsplit(request.url).netloc, "x-content-sha256": sha256(body), "x-date": date}
        if self.session_token:
            signed["x-security-token"] = self.session_token
        names = ";".join(sorted(signed))
        lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
        path = urlsplit(request.url).path or "/"
        canonical = "\n".join(
            [request.method, path, canonical_query(request.url), lines, names, sha256(body)]
        )
        scope = f"{date[:8]}/{self.region}/{SERVICE}/request"
        to_sign = "\n".join([ALGORITHM, date, scope, sha256(canonical.encode())])
        key = self.secret_key.encode()
        for part in scope.split("/"):
            key = mac(key, part)
        for name, value in signed.items():
            if name != "host":
                request.headers[name] = value
        request.headers["Authorization"] = (
            f"{ALGORITHM} Credential={self.access_key}/{scope}, "
            f"SignedHeaders={names}, Signature={mac(key, to_sign).hex()}"
        )
        return request


schemathesis.auth.set_from_requests(
    Signature(
        os.environ["VOLCENGINE_ACCESS_KEY"],
        os.environ["VOLCENGINE_SECRET_KEY"],
        os.environ.get("VOLCENGINE_SESSION_TOKEN", ""),
        os.environ.get("VOLCENGINE_REGION", "cn-beijing"),
    )
)
