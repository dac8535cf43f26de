"""How it was measured, and after whom."""

from __future__ import annotations

import re

from analysis.report.context import Context, folded, paragraph
from analysis.report.markup import SITE, Child, Html, el, join
from analysis.report.wording import number
from analysis.terms.definitions import INTERVAL

KEY = "methods"
TITLE = "Methods and references"

METHODS = (
    (
        "Bounds",
        "A count told exactly is itself; one rounded to a step s lies from s/2 below to s/2 - 1 above, cut where the "
        "display changes its "
        "unit. Likes, shares, views and saves hardly fall, so their lower bounds are raised by a running maximum and "
        "their upper "
        "ones lowered by a running minimum from the end; where these cross, the count fell: the series is cut there "
        "and no "
        "growth is claimed across. Growth between two sightings lies between the least and the most these bounds "
        "allow.",
    ),
    (
        "Ads",
        "A TikTok seen as an ad in one sighting or more is one in all of them: likes that were paid for stay when the "
        "ad has ended. It is out of every ranking and estimate, with all that its sightings tell of its creator and "
        "audio. Where it is told how much was seen, and how good the data are, ads are in; each measure has a row "
        "with them in; each table says which it is.",
    ),
    (
        "Point estimates",
        "The taut string through the bounds, the shortest line that keeps within them, between sightings only [1].",
    ),
    (
        "Viral videos",
        "log10 of likes per hour of life at first sighting, less its LOWESS on log10 age [2]; thresholds are "
        "quantiles with "
        "intervals by order statistics [3]; ranks carry the best and the worst that rounding allows; the 60 "
        "definitions are "
        "drawn, not chosen [4].",
    ),
    (
        "Tails",
        "Maximum likelihood with the start of the tail by the least Kolmogorov-Smirnov distance [5]; against a "
        "lognormal by Vuong's test [6]. The share of the top 1 % has a studentised bootstrap that draws the greatest "
        "tenth from a lognormal [16], as no sample holds the greatest there is.",
    ),
    ("Rates", "Counts of things seen have exact Poisson intervals [7], shares Wilson's [8]."),
    (
        "What was sampled",
        "A run is a sample, a TikTok in it or not: sample coverage after Good and Turing [9, 10]; Chao2 as a lower "
        "bound of a "
        "day's pool [11]; rank-biased overlap of consecutive runs [12].",
    ),
    (
        "What goes together",
        "Pearson's r of log gains and Spearman's rho with a bootstrap of whole creators, each replicate with its own "
        "draw within the "
        "rounding bounds [17]. Rounding carries a coefficient towards zero; the bounds tell how far, and it is given "
        "back [18], or, where that would be too much, there is no answer. p values are adjusted for the family of "
        "tests [13]. The event study takes the follower gain in the 7 days after the onset "
        "less that of the 7 before, less the same of creators without onset matched on log followers and sightings "
        "within a caliper [19]; its intervals draw matched sets whole [20].",
    ),
    (
        "Ratios",
        "Intraclass correlation of log likes per comment, one row a TikTok, comments of 20 or more [14], "
        "with the wider of the interval that Wald found for groups of unequal size [21] and the jackknife's [22]; a "
        "mixed model of log comments on log likes "
        "with random creator and TikTok [15], its intervals robust to clusters of creators [23].",
    ),
    (
        "Overflow",
        "A total sent as a signed 32-bit number is known modulo 2^32; a creator's history says how often 2^32 is "
        "missing at least.",
    ),
)
# A number of a reference in brackets, alone or after another: "[9, 10]".
CITATION = re.compile(r"(?:(?<=\[)|(?<=, ))(\d+)(?=[,\]])")
REFERENCES = (
    "Davies, P. L. & Kovac, A. (2001). Local extremes, runs, strings and multiresolution. Annals of Statistics 29, "
    "1-65.",
    "Cleveland, W. S. (1979). Robust locally weighted regression and smoothing scatterplots. Journal of the American "
    "Statistical Association 74, 829-836.",
    "David, H. A. & Nagaraja, H. N. (2003). Order Statistics, 3rd edition, section 7.1. Wiley.",
    "Simonsohn, U., Simmons, J. P. & Nelson, L. D. (2020). Specification curve analysis. Nature Human Behaviour 4, "
    "1208-1214.",
    "Clauset, A., Shalizi, C. R. & Newman, M. E. J. (2009). Power-law distributions in empirical data. SIAM Review "
    "51, 661-703.",
    "Vuong, Q. H. (1989). Likelihood ratio tests for model selection and non-nested hypotheses. Econometrica 57, "
    "307-333.",
    "Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.",
    "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the "
    "American Statistical Association 22, 209-212.",
    "Good, I. J. (1953). The population frequencies of species and the estimation of population parameters. "
    "Biometrika 40, 237-264.",
    "Chao, A. & Jost, L. (2012). Coverage-based rarefaction and extrapolation. Ecology 93, 2533-2547.",
    "Chao, A. (1987). Estimating the population size for capture-recapture data with unequal catchability. "
    "Biometrics 43, 783-791.",
    "Webber, W., Moffat, A. & Zobel, J. (2010). A similarity measure for indefinite rankings. ACM Transactions on "
    "Information Systems 28, 20.",
    "Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical "
    "Society B 57, 289-300.",
    "Shrout, P. E. & Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater reliability. "
    "Psychological Bulletin 86, 420-428.",
    "Laird, N. M. & Ware, J. H. (1982). Random-effects models for longitudinal data. Biometrics 38, 963-974.",
    "Cowell, F. A. & Flachaire, E. (2007). Income distribution and inequality measurement: the problem of extreme "
    "values. Journal of Econometrics 141, 1044-1072.",
    "Cameron, A. C., Gelbach, J. B. & Miller, D. L. (2008). Bootstrap-based improvements for inference with clustered "
    "errors. Review of Economics and Statistics 90, 414-427.",
    "Spearman, C. (1904). The proof and measurement of association between two things. American Journal of Psychology "
    "15, 72-101.",
    "Stuart, E. A. (2010). Matching methods for causal inference: a review and a look forward. Statistical Science "
    "25, 1-21.",
    "Abadie, A. & Spiess, J. (2022). Robust post-matching inference. Journal of the American Statistical Association "
    "117, 983-995.",
    "Wald, A. (1940). A note on the analysis of variance with unequal class frequencies. Annals of Mathematical "
    "Statistics 11, 96-100.",
    "Arvesen, J. N. (1969). Jackknifing U-statistics. Annals of Mathematical Statistics 40, 2076-2100.",
    "Liang, K.-Y. & Zeger, S. L. (1986). Longitudinal data analysis using generalized linear models. Biometrika 73, "
    "13-22.",
)


def write(context: Context) -> Html:
    """The methods, what every interval is, the references."""
    level, seed = number(INTERVAL * 100), context.study.seed
    levels = f"Intervals hold {level} % unless they say otherwise. "
    seeds = f"What is drawn at random is drawn from seed {seed}, so the same data give the same report. "
    references = [el("li", told, id=f"reference-{at}") for at, told in enumerate(REFERENCES, 1)]
    where = f"Links lead to {SITE}, which may have removed what they name."
    return join(
        [
            folded("How each thing was measured", el("dl", [_method(name, told) for name, told in METHODS])),
            paragraph(levels, seeds, where),
            folded("References", el("ol", references, cls="references")),
        ]
    )


def _method(name: str, told: str) -> Html:
    return join([el("dt", el("b", name)), el("dd", _cited(told))])


def _cited(told: str) -> list[Child]:
    """*told* with each number in brackets a link to its reference."""
    parts = CITATION.split(told)
    return [el("a", part, href=f"#reference-{part}") if at % 2 else part for at, part in enumerate(parts)]
