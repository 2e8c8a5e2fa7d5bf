"""Forms of writing that carry meaning whatever the words: codes and what they mean, units, classes, bounds, figures."""

from __future__ import annotations

import re

# How values of a target are written: codes with meanings, yes and no, a list of classes, a unit, a scale.
CODES = re.compile(
    r"(?<![\w.])[012]\s*(=|:|–|—|→|->|\bfor\b|\bif\b|\bmeans\b|\bdenotes\b|\bindicates\b|\()"
    r"|(=|→|->|\bas\b|\()\s*[\"'`]?[01][\"'`]?\s*(\)|,|;|\.|$|and|or|if|for|=)"
    r"|\b0\s*(/|or|and|o|e|y|ou|oder)\s*1\b|\b1\s*(/|or|and)\s*0\b|\{0,\s*1\}",
    re.I,
)
PAIR = re.compile(
    r"\b(yes|true|sí|si|ja|oui|sim)\b\W{1,12}(\w+\W+){0,4}?(no|false|nein|non|não)\b"
    r"|\bpositive\W+(\w+\W+){0,2}negative\b|\bspam\W+(\w+\W+){0,2}ham\b|\bham\W+(\w+\W+){0,2}spam\b"
    r"|\bvs\.?\s|\bgood\W+(\w+\W+){0,2}bad\b|\breal\W+(\w+\W+){0,2}fake\b|\bfake\W+(\w+\W+){0,2}real\b"
    r"|\bbenign\W+(\w+\W+){0,2}malignant\b|\bmalignant\W+(\w+\W+){0,2}benign\b|\bwhether\b.{3,80}\bor\b(?! not)",
    re.I,
)
UNIT = re.compile(
    r"\bin (us dollars?|usd|dollars?|euros?|€|\$|thousands|millions|minutes|seconds|hours|days|months|years|kg"
    r"|mwh?|kwh?|km|meters?|metres?|degrees|%|percent|units|cents|nzd|aud|gbp|inr|pounds|rupees|brl)\b"
    r"|\((us\$|usd|\$|€|mwh?|kwh?|minutes|seconds|hours|days|kg|%|°c|nzd|aud|eur|gbp|inr|pkr|in [\w ]{2,20})\)"
    r"|\b(from|scale of|between|range of)\s+-?\d+\s*(to|-|–|and)\s*-?\d+"
    r"|\b\d\s*[-–]\s*(5|10|100)\b (scale|stars?|rating)"
    r"|\bper (hour|day|month|week|year|square|sqm|m2|capita|customer|trip|unit)\b",
    re.I,
)
CLASSES = re.compile(
    r"\b(classes|categories|labels|grades|emotions|species|sentiments?|types|kinds|clases|categorías|classes de|klassen"
    r"|类)\b\W{0,6}(are|is|:|include|such as|\(|=|como|son|sind|of)?[^.]{0,40}?"
    r"(\w[\w/ -]*,\s*){1,}(and |or |y |und |et )?\w+"
    r"|\b(\w[\w-]*,\s*){2,}(and|or|&)\s+\w+",
    re.I,
)
COUNTED_CLASSES = re.compile(
    r"\b(binary|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})[\s-]*(way|class(es)?|categor(y|ies)|labels?"
    r"|species|types|kinds|emotions?|grades?|breeds?)\b|\bbinary\b|\bmulti-?class\b",
    re.I,
)

BOUND = re.compile(r"[<>≥≤]=?\s*\$?\d")
IDENTIFIER = re.compile(r"\b[a-zA-Z]+_\w+\b")
ADDRESS = re.compile(r"https?://|www\.")
DECIMAL = re.compile(r"(?<![\w.])\d*[.,]\d{2,}")
MONEY = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:[$€£¥₹]|usd|eur|dollars?|euros?)\b", re.I)
RANGE = re.compile(r"\d\s?(?:-|–|to|and)\s?\d")
QUOTED = re.compile(r"[\"“«„].{2,60}?[\"”»]")

FORMS = (
    ("codes", CODES),
    ("a pair of values", PAIR),
    ("a unit", UNIT),
    ("a list of classes", CLASSES),
    ("a number of classes", COUNTED_CLASSES),
    ("a bound", BOUND),
    ("an identifier", IDENTIFIER),
    ("an address", ADDRESS),
    ("a decimal", DECIMAL),
    ("money", MONEY),
    ("a range", RANGE),
    ("a quotation", QUOTED),
)
"""Name and pattern of each form, as the features of a sentence name them."""
