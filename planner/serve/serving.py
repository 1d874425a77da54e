"""How the app is served, as the command hands it to the server's process."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, get_args

SignIn = Literal["single", "oidc", "proxy"]
SIGN_IN, PROXY, HEADER, SECRETS = "PEAKDESK_SIGN_IN", "PEAKDESK_PROXY", "PEAKDESK_PROXY_HEADER", "PEAKDESK_SECRETS"
FORWARDED = "FORWARDED_ALLOW_IPS"
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Serving:
    """How the app is served.

    Parameters
    ----------
    address : that the server listens on.
    sign_in : ``single``: whoever reaches it is the owner, so nobody but this machine may; ``oidc``: a provider proves
        who somebody is; ``proxy``: one proxy does, and says so in a header.
    proxy, header : the address of that proxy, and the header; empty where there is none.
    secrets : TOML with the section [auth]; None where there is none.
    """

    address: str = LOOPBACK
    sign_in: SignIn = "single"
    proxy: str = ""
    header: str = ""
    secrets: Path | None = None

    def environment(self) -> dict[str, str]:
        """For the server's process: what :func:`serving_of` reads. No header may say where a request came from."""
        own = {SIGN_IN: self.sign_in, PROXY: self.proxy, HEADER: self.header, FORWARDED: ""}
        return own | ({} if self.secrets is None else {SECRETS: str(self.secrets)})


def serving_of(address: str | None, environment: Mapping[str, str] = os.environ) -> Serving:
    """How this process is to serve on ``address``; without an address it would be on all of them."""
    given = environment.get(SIGN_IN, "single")
    sign_in: SignIn = given if given in get_args(SignIn) else "single"  # type: ignore[assignment]
    secrets = environment.get(SECRETS)
    proxy, header = environment.get(PROXY, ""), environment.get(HEADER, "")
    return Serving(address or "0.0.0.0", sign_in, proxy, header, Path(secrets) if secrets else None)


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address.lower() == "localhost"
