"""The replies and pages that stand in the place of what was asked for (site.md 5.1c, 5.3, 6.6)."""

from __future__ import annotations

import json

from aiohttp import web

REFUSAL = "Request blocked by security plugin"
VERIFY = {"bdturing-verify": '{"code":"10000","type":"verify","subtype":"slide","region":"va"}'}
TO_VERIFY = {"code": 10000, "from": "", "type": "verify", "version": "", "region": "va", "subtype": "slide"}
REFUSED_PAGE = "<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1></body></html>"


def list_reply(hindrance: str) -> web.Response:
    """What answers a list request that meets *hindrance*, one of `obstacles.OF_LISTS`."""
    match hindrance:
        case "empty-reply":
            return web.Response(content_type="application/json", charset="utf-8")
        case "refused-reply":
            return web.Response(status=403, text=REFUSAL)
        case "verify-header":
            told = {"statusCode": 0, "status_code": 0, "status_msg": "", "hasMore": True, "itemList": []}
            return web.Response(text=json.dumps(told), content_type="application/json", headers=VERIFY)
        case "status-verify":
            return web.Response(text=json.dumps(TO_VERIFY), content_type="application/json", charset="utf-8")
        case "error-page":
            return web.Response(status=500, text="Internal Server Error")
    raise ValueError(f"nothing answers {hindrance!r}")


def refused_page() -> web.Response:
    """The 403 that answers any page."""
    return web.Response(status=403, text=REFUSED_PAGE, content_type="text/html")
