"""The replies and pages that stand in the place of what was asked for (site.md 5.1c, 5.3, 6.6)."""

from __future__ import annotations

from aiohttp import web

from replica.feed import feed

REFUSAL = "Request blocked by security plugin"
VERIFY = {"bdturing-verify": '{"code":"10000","type":"verify","subtype":"slide","region":"va"}'}
TO_VERIFY = {"code": 10000, "from": "", "type": "verify", "version": "", "region": "va", "subtype": "slide"}
REFUSED_PAGE = "<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1></body></html>"


def list_reply(hindrance: str, request: web.Request, at: float) -> web.Response:
    """What answers the list *request* that meets *hindrance*, one of `obstacles.OF_LISTS`, at *at*."""
    match hindrance:
        case "dropped":
            reply = dropped(request)
        case "feed-ended":
            reply = web.json_response(feed.envelope([], more=False, at=at))
        case "empty-reply":
            reply = web.Response(content_type="application/json", charset="utf-8")
        case "refused-reply":
            reply = web.Response(status=403, text=REFUSAL)
        case "verify-header":
            told = {"statusCode": 0, "status_code": 0, "status_msg": "", "hasMore": True, "itemList": []}
            reply = web.json_response(told, headers=VERIFY)
        case "status-verify":
            reply = web.json_response(TO_VERIFY)
        case "error-page":
            reply = web.Response(status=500, text="Internal Server Error")
        case _:
            raise ValueError(f"nothing answers {hindrance!r}")
    return reply


def dropped(request: web.Request) -> web.Response:
    """Closes the connection; what it returns is sent to nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def refused_page() -> web.Response:
    """The 403 that answers any page."""
    return web.Response(status=403, text=REFUSED_PAGE, content_type="text/html")
