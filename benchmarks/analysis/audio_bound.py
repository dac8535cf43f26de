"""How well any rule could tell which audios were taken up most, given the same sightings: a bound on the measure.

The lines hold a sample, so no rule finds all that the world's truth names. Bayes' rule names the audios whose posterior
probability, given all that was sighted of them, is above some threshold. The posterior under the worlds' own model is
what a logistic regression of the truth on the sightings comes to, with every sign that the lines give (how many took an
audio up, how often each was seen, when the audio was first seen, how far its world's sounds spread) and their products;
the threshold is the best one for F1. Both are chosen on the very worlds they are judged by, so the rule knows more than
any analysis may, and its F1 lies above what is to be had: over six worlds by 0.02 to 0.03, over more by less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures import ads

Floats = NDArray[np.float64]

RIDGE = 3.0  # of 1 to 30 it matters little: by leave-one-world-out F1 is within 0.02
STEPS = 40
SPREAD = 12  # about as many audios of a world are true


@dataclass(frozen=True, slots=True)
class Signs:
    """One world: of each audio seen, its signs and whether it is true; sure: true ones that no rule may name."""

    signs: Floats
    true: NDArray[np.bool_]
    sure: int


def signs_of(bounded: pd.DataFrame, rows: pd.DataFrame, true: set[str]) -> Signs:
    """What the sightings tell of each audio that the measure ranks and two creators used. rows: `audios.ranked`."""
    ranked = rows[rows["new_rank"].notna() & (rows["creators"] > 1)].set_index("audio_key")
    organic = ads.left_out(bounded)
    times = organic.groupby(["audio_key", "creator"]).size()
    often = {name: times[chosen].groupby("audio_key").size() for name, chosen in _often(times).items()}
    start, end = bounded["scraped_at"].min(), bounded["scraped_at"].max()
    first = (ranked["first_at"] - start) / max(end - start, pd.Timedelta(seconds=1))
    number = {name: ranked[name].astype(float) for name in ("creators", "new_creators", "tiktoks", "sightings", "runs")}
    spread = np.sort(number["creators"].to_numpy())[-SPREAD:].mean() if len(ranked) else 0.0
    columns = [
        *(number[name] for name in ("creators", "new_creators", "tiktoks")),
        np.sqrt(number["creators"]),
        np.log1p(number["new_creators"]),
        *(count.reindex(ranked.index, fill_value=0) for count in often.values()),
        np.log(number["sightings"] / number["creators"]),
        np.log(number["runs"]),
        ranked["original"].fillna(False).astype(float),
        first.astype(float),
        pd.Series(spread, index=ranked.index),
    ]
    named = np.asarray(ranked.index.isin(sorted(true)))
    return Signs(np.column_stack([column.to_numpy(dtype=float) for column in columns]), named, len(true) - named.sum())


def _often(times: pd.Series) -> dict[str, pd.Series]:
    """How often each creator was seen with an audio."""
    return {"once": times == 1, "twice": times == 2, "more": times.between(3, 5), "most": times > 5}


def best_rule(worlds: Sequence[Signs]) -> tuple[int, int, int]:
    """How many the truth names, how many the rule, and how many both, over all *worlds*."""
    if not worlds:
        return 0, 0, 0
    signs, true = np.concatenate([one.signs for one in worlds]), np.concatenate([one.true for one in worlds])
    total = int(true.sum()) + sum(one.sure for one in worlds)
    if not true.any():
        return total, 0, 0
    design = _design(signs)
    score = design @ _fitted(design, true.astype(float))
    order = np.argsort(-score, kind="stable")
    both, found = np.cumsum(true[order]), np.arange(1, len(order) + 1)
    last = np.append(score[order][1:] != score[order][:-1], True)  # equal scores are named together or not at all
    best = int(np.argmax(np.where(last, 2 * both / (found + total), 0)))
    return total, int(found[best]), int(both[best])


def _design(signs: Floats) -> Floats:
    """Signs in standard deviations, their squares, and their products with how many creators there are."""
    spread = signs.std(axis=0)
    away = (signs - signs.mean(axis=0)) / np.where(spread > 0, spread, 1)
    return np.column_stack([np.ones(len(away)), away, away**2, away[:, :1] * away[:, 1:]])


def _fitted(design: Floats, true: Floats) -> Floats:
    """Logistic regression with a ridge, by Newton's method (Hastie, Tibshirani & Friedman 2009, 4.4.1)."""
    weights = np.zeros(design.shape[1])
    ridge = np.eye(design.shape[1]) * RIDGE
    ridge[0, 0] = 0
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        curve = (design * (p * (1 - p) + 1e-9)[:, None]).T @ design + ridge
        weights = weights + np.clip(np.linalg.solve(curve, design.T @ (true - p) - ridge @ weights), -3, 3)
    return weights
