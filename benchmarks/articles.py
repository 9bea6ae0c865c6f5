"""The articles that are timed."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

NEWS = Path(__file__).parents[2] / "shared" / "news" / "articles.jsonl.xz"
SEED = 5
# Naive Stanza holds every pair of words of a sentence: 23 GB for an article of 2,770 words that it did not split.
LONGEST = 1000
_SENTENCES = (
    "وقال وزير المالية محمد العلي إن الميزانية الجديدة ستقر في الأسبوع المقبل بعد اجتماع مجلس الوزراء في الرياض.",
    "وأضاف «نعمل على خفض النفقات من دون أن يمس ذلك الخدمات الأساسية التي ينتظرها المواطن منذ سنوات».",
    "وشهدت المدينة خلال الأيام الماضية ارتفاعا في درجات الحرارة تجاوز المعدلات المعروفة في مثل هذا الوقت من السنة.",
    "وأكدت المتحدثة باسم الوزارة، سارة الأحمد، أن العمل في المشروع رقم {number} سيبدأ قريبا، مشيرة إلى أنه لم يحدد.",
    "ويضم المركز الجديد {number} قاعة ومكتبة عامة وموقفا للسيارات يتسع لأكثر من ألف سيارة.",
    "من جهته، أوضح رئيس الشركة أن «الأرباح ارتفعت بنسبة {number} في المئة»، ولم يستبعد فتح فروع أخرى.",
)


def articles(number: int, path: Path = NEWS) -> list[str]:
    """So many texts of up to LONGEST words, always the same: of ../shared/news, or made up where that is absent."""
    if not path.is_file():
        return [generated(at) for at in range(number)]
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        texts = [text for line in lines if len((text := json.loads(line)["text"]).split()) <= LONGEST]
    return random.Random(SEED).sample(texts, min(number, len(texts)))


def generated(seed: int) -> str:
    """A made-up article of about 350 words; another seed gives other sentences in another order."""
    chance = random.Random(seed)
    chosen = [chance.choice(_SENTENCES).format(number=chance.randrange(2, 5000)) for _ in range(20)]
    return "\n".join(" ".join(chosen[at : at + 3]) for at in range(0, len(chosen), 3))
