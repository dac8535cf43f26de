"""The addresses of media: what a TikTok's video, cover, avatar and sound are called on our host.

On the real site they are on other hosts than the pages and carry an expiry (site.md 4.2); ours are addressed at
127.0.0.1 itself and expire two days after they were sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Media:
    """Makes addresses below *base*, such as http://127.0.0.1:8000."""

    base: str

    def video(self, tiktok_id: str, at: float) -> str:
        """The playable address of a video."""
        expires = _expiry(at)
        return (
            f"{self.base}/video/tos/useast2a/tos-useast2a-pve-0068/{_name('video', tiktok_id)}/?a=1988&bti=ODszNWYuMDE6"
            f"&ch=0&cr=3&dr=0&lr=all&cd=0%7C0%7C0%7C&cv=1&br=1324&bt=662&mime_type=video_mp4&expire={expires}"
            f"&ply_type=2&policy=2&signature={_name('signature', tiktok_id)}&tk=tt_chain_token"
        )

    def cover(self, tiktok_id: str, at: float, kind: str = "cover") -> str:
        """A still of the video. *kind* tells cover, originCover, dynamicCover and photos apart."""
        return self._image("tos-useast2a-p-0068", f"{kind}/{tiktok_id}", at)

    def avatar(self, creator_id: str, at: float, size: int = 100) -> str:
        """A creator's picture."""
        return self._image("tos-useast2a-avt-0068", f"avatar/{creator_id}/{size}", at)

    def sound(self, audio_id: str) -> str:
        """A sound's file. The pages never ask for it: it is part of the video."""
        return f"{self.base}/obj/tos-useast2a-ve-2774/{_name('sound', audio_id)}.mp3"

    def _image(self, bucket: str, name: str, at: float) -> str:
        signature = _name("signed", name)
        return f"{self.base}/obj/{bucket}/{_name('image', name)}.jpeg?x-expires={_expiry(at)}&x-signature={signature}"


def _expiry(at: float) -> int:
    return (int(at) // DAY_S + 3) * DAY_S


def _name(*parts: str) -> str:
    return blake2b("/".join(parts).encode(), digest_size=16).hexdigest()
