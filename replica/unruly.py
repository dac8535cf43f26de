"""How unruly the simulated world is: what the site does that a tidy one would not, as rates; all on unless told.

What each rests on: SOURCES.md. Rates are shares from 0 to 1; at 0 a behaviour is off and moves nothing else, so a
seed's world stays the same world.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True, slots=True)
class Unruly:
    """The rates.

    - `zeroed`: of list replies: the reply tells 0 likes, views, shares and saves of 60 in 62 of its items, so that
      74 of 41,977 items are told so.
    - `flips`: of TikToks: for days, replies take turns between two values 1 % apart (items/flips.py).
    - `taken_back`: of pairs of sightings within an hour: saves fall, for some took theirs back (world/taken_back.py).
    - `between_creators`: of the variance of the logarithm of likes per comment, what lies between creators; 0: as
      in the pool's table, where creators do not matter.
    - `handleless`: of TikToks: their author has id and secUid, but no handle.

    Raises ValueError where one is no share.
    """

    zeroed: float = 74 / 41_977 * 62 / 60
    flips: float = 4 / 5_137
    taken_back: float = 17 / 723
    between_creators: float = 0.85
    handleless: float = 1 / 41_977

    def __post_init__(self) -> None:
        for name in RATES:
            value = getattr(self, name)
            if not 0 <= value <= 1:
                raise ValueError(f"--{name.replace('_', '-')} must be a share from 0 to 1; not {value}")

    def told(self) -> dict[str, float]:
        """The rates by name."""
        return asdict(self)


RATES = tuple(field.name for field in fields(Unruly))
REAL = Unruly()
TAME = Unruly(**dict.fromkeys(RATES, 0.0))
HELP = {
    "zeroed": "the share of list replies whose items tell 0 likes, views, shares and saves",
    "flips": "the share of TikToks that flip between two values 1 %% apart",
    "taken_back": "the share of pairs of sightings within an hour whose saves fall, as people take theirs back",
    "between_creators": "the share of the variance of likes per comment between creators",
    "handleless": "the share of TikToks without a handle",
}
