"""Where the benchmarks find what they run and what they read: the project, and saved pages beside it."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CAPTURES = Path(os.environ.get("TIKTOK_CAPTURES", ROOT.parent / "shared" / "captures"))
