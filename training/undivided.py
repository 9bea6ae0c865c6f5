"""News sentences whose clitics are sure: counts of whole words say which words begin like a clitic and have none.

سبتمبر is no س + بتمبر and وسائل no و + سائل: the rest is hardly ever written alone. وتسليم is و + تسليم: the rest is
much more frequent alone. Words that the treebanks know keep the division they have there.
"""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from training.trees import FORM, Sentence

CLITICS = frozenset("وفبلكس")
WORD = re.compile(r"[ء-ي]+")
ALONE_AT_MOST = 0.05
ALONE_AT_LEAST = 4.0
SEEN_AT_LEAST = 8
SHORTEST_REST = 3
LONGEST = 260
WHOLE, DIVIDED = False, True


def articles(news: Path) -> Iterator[str]:
    """The texts of the articles of ../shared/news."""
    with lzma.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def counted(texts: Iterable[str]) -> Counter[str]:
    """How often each word, as written between spaces and marks, occurs."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(WORD.findall(text))
    return counts


def tokens(sentence: Sentence) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each token of the surface with its words."""
    words, until = {row[0]: row[FORM] for row in sentence.words}, 0
    for row in sentence.rows:
        if "-" in row[0]:
            start, until = (int(part) for part in row[0].split("-"))
            yield row[FORM], tuple(words[str(at)] for at in range(start, until + 1))
        elif int(row[0]) > until:
            yield row[FORM], (row[FORM],)


def known_divisions(sentences: Iterable[Sentence]) -> dict[str, bool]:
    """Whether the treebanks divide a word more often than not."""
    seen: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for sentence in sentences:
        for token, words in tokens(sentence):
            seen[token][len(words) > 1] += 1
    return {token: divided > whole for token, (whole, divided) in seen.items()}


def sure_division(word: str, counts: Mapping[str, int], known: Mapping[str, bool]) -> bool | None:
    """DIVIDED or WHOLE where the treebanks or the counts are sure of the first letter of `word`; else None."""
    if word in known:
        return known[word]
    rest = word[1:]
    if word[0] not in CLITICS or counts[word] < SEEN_AT_LEAST or len(rest) < SHORTEST_REST:
        return None
    ratio = counts[rest] / counts[word]
    if ratio <= ALONE_AT_MOST:
        return WHOLE
    return DIVIDED if word[0] == "و" and ratio >= ALONE_AT_LEAST and known.get(rest) is False else None


def corrected(
    paragraph: Any, counts: Mapping[str, int], known: Mapping[str, bool]
) -> tuple[list[tuple[str, bool]], int]:
    """(token, divided or not) of a paragraph as Stanza parsed it, and how many of them the counts corrected."""
    made, corrections = [], 0
    for token in paragraph.tokens:
        divided = len(token.words) > 1
        first_only = divided and len(token.words) == 2 and token.words[0].text == token.text[0]
        sure = sure_division(token.text, counts, known) if first_only or not divided else None
        corrections += sure is not None and sure != divided
        made.append((token.text, divided if sure is None else sure))
    return made, corrections


def news_tokens(
    pipeline: Any, news: Path, known: Mapping[str, bool], *, most: int
) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """Paragraphs of news in which the counts corrected the tokenizer, as (text, tokens), `most` of them."""
    texts = list(articles(news))
    counts, found = counted(texts), 0
    paragraphs = [
        p.strip()
        for text in texts
        for p in text.split("\n\n")
        if 40 < len(p.strip()) < LONGEST and "\n" not in p.strip()
    ]
    for start in range(0, len(paragraphs), 200):
        if found >= most:
            return
        for sentence in pipeline("\n\n".join(paragraphs[start : start + 200])).sentences:
            made, corrections = corrected(sentence, counts, known)
            if corrections and found < most:
                found += 1
                yield sentence.text, made
