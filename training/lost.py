"""Clitics that PADT lost, and words that the tokenizer divides although they have none.

A word of PADT that could not be aligned with its annotation stands there whole (للعراق, والغاز). It is divided again
where the tokenizer to start from divides it, the counts of the news are sure of its first letter and no reporting
clause has it whole. The other fault, بوتفليقة as ب + وتفليقة, is mended by the expander: its dictionary gives such
words back whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from stanza.models.tokenization.data import TokenizationDataset
from stanza.models.tokenization.trainer import Trainer
from stanza.models.tokenization.utils import output_predictions

from training.tokenizer import Tokens, found_tokens
from training.undivided import ALONE_AT_MOST, CLITICS, SEEN_AT_LEAST, SHORTEST_REST

ARTICLE = re.compile("^(?:[وفبك]ال|لل).{4,}")
ARTICLE_AT_ALL = re.compile("^(?:[وفبك]ال|لل)")
PRONOUN = re.compile("(?:ه|ها|هم|هما|نا|ك)$")
AND = "و"
SEEN_ALONE = {True: (5, 0.5), False: (20, 2.0)}
SHORTEST = SHORTEST_REST + 1


def surely_divided(word: str, counts: Mapping[str, int]) -> bool:
    """True if the rest of `word` has the article or is written alone often enough for its first letter."""
    if ARTICLE.match(word):
        return True
    if len(word) < SHORTEST or word[0] not in CLITICS:
        return False
    least, ratio = SEEN_ALONE[word[0] == AND]
    return counts[word[1:]] >= max(least, ratio * counts[word])


def surely_whole(word: str, counts: Mapping[str, int]) -> bool:
    """True if `word` is written often and hardly ever without its first letter."""
    if len(word) < SHORTEST or word[0] not in CLITICS or ARTICLE_AT_ALL.match(word) or PRONOUN.search(word):
        return False
    return counts[word] >= SEEN_AT_LEAST and counts[word[1:]] <= ALONE_AT_MOST * counts[word]


def divisions(tokenizer: Path, texts: Sequence[str]) -> Iterator[dict[int, str]]:
    """For each text, a paragraph, the words that a tokenizer divides, by the place of their last letter."""
    trainer = Trainer(model_file=str(tokenizer), device="cpu")
    data = TokenizationDataset(trainer.args, input_text="\n\n".join(texts), vocab=trainer.vocab, evaluation=True)
    _, _, found, _ = output_predictions(None, trainer, data, trainer.vocab, None, 1000)
    for text, marks in zip(texts, found, strict=True):
        yield {end: text[start : end + 1].strip() for start, end, divided in found_tokens(marks) if divided}


def ends(text: str, parts: Iterable[str]) -> Iterator[int]:
    """The place in `text` of the last letter of each token, one after another."""
    at = 0
    for token in parts:
        at = text.index(token, at) + len(token)
        yield at - 1


def restored(
    sentences: Sequence[Tokens], tokenizer: Path, counts: Mapping[str, int], whole: Collection[str]
) -> Iterator[Tokens]:
    """The sentences with the clitics that they lost; words of `whole` have none."""
    cuts = divisions(tokenizer, [text for text, _ in sentences])
    for (text, parts), cut in zip(sentences, cuts, strict=True):
        made = []
        for (token, divided), end in zip(parts, ends(text, (token for token, _ in parts)), strict=True):
            lost = cut.get(end) == token and token not in whole and surely_divided(token, counts)
            made.append((token, divided or lost))
        yield text, made


def wrongly_divided(
    tokenizer: Path, texts: Sequence[str], counts: Mapping[str, int], known: Mapping[str, bool], words: Collection[str]
) -> set[str]:
    """Words of the texts, paragraphs, that a tokenizer divides although they are surely whole.

    `known` says whether the treebanks divide a word; of others the rest is none of `words`, which are frequent.
    """
    found = {word for cut in divisions(tokenizer, texts) for word in cut.values() if surely_whole(word, counts)}
    return {word for word in found if not known.get(word, word[1:] in words)}
