"""The way back to creators whose replies the page cancelled: which posts lie behind, and who is owed an answer.

A loss may be told a turn after the step that caused it, and the post of that turn may be cancelled by the next step;
so several creators may be owed at once, and the walk goes back as far as the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# So many posts behind can be gone back to: a loss that is told later than that is not worth the way.
FARTHEST = 4


@dataclass(slots=True)
class WayBack:
    """The posts shown last, oldest first, each as (id, creator), and where among them the viewer is."""

    posts: list[tuple[str, str]] = field(default_factory=list)
    at: int = -1
    owed: set[str] = field(default_factory=set)  # creators to be asked anew
    paid: set[str] = field(default_factory=set)  # asked anew already: nobody is twice
    turning: bool = False  # the last step went back
    left: bool = False  # the last post was left for an earlier one, and has not been asked for since

    def arrive(self, id: str, creator: str) -> bool:
        """The viewer shows a post: on the way back one of those behind, else the next, though it be one that the feed
        repeats. False where going back led somewhere new.
        """
        ids = [known for known, _ in self.posts]
        astray = False
        if self.left and id and id in ids:
            self.at = ids.index(id)
        elif self.left and not id:  # a LIVE card has no id
            self.at = min(max(self.at + (-1 if self.turning else 1), 0), len(self.posts) - 1)
        else:
            astray = self.turning
            self.posts.append((id, creator))
            if not self.owed:
                self.posts = self.posts[-FARTHEST - 1 :]
            self.at = len(self.posts) - 1
        self.turning = False
        return not astray

    def owe(self, username: str) -> bool:
        """*username* is to be asked anew; False where that has been done, or its post lies too far behind."""
        if username in self.paid or not any(creator == username for _, creator in self.posts):
            return False
        self.owed.add(username)
        return True

    def pay(self, username: str) -> None:
        """*username* is asked anew now."""
        self.owed.discard(username)
        self.paid.add(username)

    def turn_back(self) -> None:
        """The walk steps back."""
        self.turning = self.left = True

    def give_up(self) -> set[str]:
        """The way back is not to be had: returns who is owed, and owes nobody any more."""
        given_up, self.owed, self.turning = self.owed, set(), False
        self.paid |= given_up
        return given_up

    def came_back(self) -> bool:
        """Whether the last post is on screen again; True once for each time it was left."""
        back, self.left = self.left and self.at == len(self.posts) - 1, self.left and self.at < len(self.posts) - 1
        return back

    @property
    def is_behind(self) -> bool:
        """Whether the viewer shows an earlier post than the last."""
        return self.at < len(self.posts) - 1

    @property
    def owes_behind(self) -> bool:
        """Whether an earlier post than the one on screen is of somebody who is owed."""
        return any(creator in self.owed for _, creator in self.posts[: max(self.at, 0)])

    def cancels(self, username: str) -> bool:
        """Whether *username*'s request was cancelled by going back from the last post: it is asked for there anew."""
        return self.left and self.posts[-1][1] == username
