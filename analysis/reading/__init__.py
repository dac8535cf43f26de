"""From the bytes of tiktoks.jsonlines, and of what stands beside it, to the frames that `analysis.load` gives."""
