"""The spool: what a data file did not take is kept by its run, and the next run appends it, each line once."""

from .absorb import FORGOTTEN, Absorbed, LeavesOut, absorb
from .keep import KeptFile, kept_aside
from .places import FILES
from .waiting import Waiting, sentence, waiting

__all__ = [
    "FILES",
    "FORGOTTEN",
    "Absorbed",
    "KeptFile",
    "LeavesOut",
    "Waiting",
    "absorb",
    "kept_aside",
    "sentence",
    "waiting",
]
