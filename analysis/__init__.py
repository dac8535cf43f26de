"""Read tiktoks.jsonlines, measure what went viral, draw it, and report it. The file is the contract."""
