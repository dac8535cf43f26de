"""The bytes of videos, covers and pictures: real ones, few and small, sent for every address of addresses.py.

They were made once, with ffmpeg, and show nothing but moving colours:

    ffmpeg -f lavfi -i "gradients=size=270x480:rate=24:duration=8:seed=7:n=4:speed=0.02:c0=0x1b2a49:c1=0x7a5c86:\
        c2=0xd98e73:c3=0x2f6f73" -c:v libvpx-vp9 -b:v 220k -pix_fmt yuv420p -movflags +faststart clip.mp4
    ffmpeg -f lavfi -i "gradients=size=540x960:seed=$i:n=4:duration=1:rate=1" -frames:v 1 \
        -vf "noise=alls=8:allf=t" -q:v 9 cover$i.jpeg        # i from 0 to 5

VP9 in MP4 plays in both Chromium and Firefox without a codec of the system.
"""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

CLIPS = Path(__file__).parent.parent / "clips"
COVERS = tuple(sorted(CLIPS.glob("cover*.jpeg")))
# Other hosts serve media on the real site, and anybody may read them.
HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "max-age=3600"}


async def video(_request: web.Request) -> web.FileResponse:
    """/video/tos/...: the one clip; ranges are answered, as players ask for them."""
    return web.FileResponse(CLIPS / "clip.mp4", headers={**HEADERS, "Content-Type": "video/mp4"})


async def picture(request: web.Request) -> web.StreamResponse:
    """/obj/...: one of the covers, always the same for an address; sounds are not there."""
    name = request.match_info["name"]
    if not name.endswith(".jpeg"):
        return web.Response(status=404)
    cover = COVERS[sum(name.encode()) % len(COVERS)]
    return web.FileResponse(cover, headers={**HEADERS, "Content-Type": "image/jpeg"})
