"""Merge: several files or folders of lines -> one in the order of time, each record once; written whole or not at all.

Inputs are read as streams and never held: `inputs` finds and unpacks them, `judge` tells each line's place in time and
what is the same record, `order` sorts, `one_file` writes, `folders` puts the result where it belongs.
"""

from .folders import merge, planned
from .one_file import Merged

__all__ = ["Merged", "merge", "planned"]
