"""Whose TikToks are commented on how much: likes per comment are mostly a creator's own (site.md 5.1c).

The pool hands its TikToks out without a look at their sizes. Here they change hands: everybody keeps as many, and the
TikToks keep all that they are, so no distribution of sizes moves; but those with many comments for their likes go to
creators who are talked about.
"""

from __future__ import annotations

import numpy as np

from replica.world.chance import stream
from replica.world.joint import Floats, Ints


def handed_out(creator: Ints, comments_per_like: Floats, between: float, seed: int) -> Ints:
    """The creator of each TikTok, out of *creator*, who has each now.

    *between*: the share of the variance of *comments_per_like*, logarithms, that lies between creators.
    """
    rng = stream(seed, "pool", "commenting")
    talked_about = rng.standard_normal(int(creator.max(initial=0)) + 1)
    own = rng.standard_normal(len(creator))
    rank = np.argsort(np.sqrt(between) * talked_about[creator] + np.sqrt(1 - between) * own, kind="stable")
    found = np.empty_like(creator)
    found[np.argsort(comments_per_like, kind="stable")] = creator[rank]
    return found
