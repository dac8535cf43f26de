"""How much was asked of the replica, and how much it sent: `/_replica/traffic`."""

from __future__ import annotations

from aiohttp import web

ADDRESS = "/_replica/traffic"
OWN = "/_replica/"


class Traffic:
    """requests: so far, of the pages and all they load; sent: bytes of the bodies, as announced, without their heads.

    Whoever breaks a clip off is counted as if all of it had come.
    """

    def __init__(self) -> None:
        self.requests, self.sent = 0, 0

    async def note(self, request: web.Request, response: web.StreamResponse) -> None:
        """Count one response that is about to be sent; an `on_response_prepare` of aiohttp."""
        if not request.path.startswith(OWN):
            self.requests += 1
            self.sent += response.content_length or 0

    async def told(self, _request: web.Request) -> web.Response:
        """Both numbers, as JSON."""
        return web.json_response({"requests": self.requests, "sent": self.sent})
