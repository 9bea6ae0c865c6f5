"""Arabic words for what the records say, as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

UNKNOWN = "متحدث غير معروف"

TYPES: Mapping[str, str] = MappingProxyType({"direct": "مباشر", "indirect": "غير مباشر", "mixed": "مختلط"})

KINDS: Mapping[str | None, str] = MappingProxyType(
    {
        "person": "شخص",
        "organization": "جهة",
        "document": "وثيقة",
        "collective": "جماعة",
        "anonymous": "مجهول الاسم",
        None: "",
    }
)

CUE_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "verb": "فعل",
        "participle": "اسم فاعل",
        "verbal_noun": "مصدر",
        "preposition": "أداة إسناد",
        "colon": "نقطتان",
        "layout": "هيئة النص",
    }
)

FORMS: Mapping[str, str] = MappingProxyType(
    {"proper": "اسم علم", "nominal": "وصف", "pronominal": "ضمير متصل", "elided": "فاعل مستتر"}
)

# What a rule saw, for a reader who does not know its id; a rule without a line here is shown by its id alone.
RULES: Mapping[str, str] = MappingProxyType(
    {
        "opening.complementizer": "يبدأ الكلام بعد «أنّ» أو «إنّ»",
        "opening.bare-clause": "جملة تلي الفعل بلا «أنّ»",
        "opening.colon-quote": "اقتباس بعد نقطتين",
        "opening.colon": "كلام بعد نقطتين",
        "opening.question": "سؤال منقول",
        "opening.preposition-quote": "اقتباس بعد حرف جر",
        "opening.quote": "اقتباس بعد فعل القول",
        "opening.leftover-quote": "اقتباس لم ينسبه غير فعل القول هذا",
        "opening.headline": "عنوان: اسم ثم نقطتان ثم كلام",
        "opening.noun-phrase": "عبارة اسمية يتعدى إليها الفعل بحرف",
        "opening.object": "عبارة اسمية هي مفعول الفعل",
        "opening.after-prepositional-cue": "الجملة التالية لأداة الإسناد",
        "opening.quote-before": "اقتباس يسبق فعل القول",
        "opening.clause-before": "جملة تسبق أداة الإسناد",
        "opening.layout": "اسم ثم نقطتان ثم اقتباس",
        "opening.alone": "اقتباس يقوم جملةً وحده",
        "source.after-verb": "الفاعل بعد الفعل",
        "source.before-verb": "المبتدأ قبل الفعل",
        "source.before-verb-tree": "المبتدأ قبل الفعل، بحسب شجرة الإعراب",
        "source.between": "الاسم بين الفعل والكلام",
        "source.pronoun-before": "ضمير أو واو جماعة يعود إلى مذكور سابق",
        "source.after-kana": "الاسم بعد «كان»",
        "source.after-amma": "الاسم بعد «أما»",
        "source.after-an": "بعد «عن»",
        "source.after-preposition": "بعد أداة الإسناد",
        "source.relative-head": "الاسم الذي تصفه الصلة",
        "source.elided-in-relative": "فاعل مستتر في صلة",
        "source.construct": "المضاف إليه بعد المصدر",
        "source.elided": "فاعل مستتر",
        "source.clitic": "ضمير متصل",
        "source.relayed": "منقول عن قائله",
        "source.first-person": "ضمير المتكلم",
        "source.local-subject": "فاعل الجملة نفسها",
        "source.layout": "الاسم الذي يتصدر السطر",
        "source.continued": "تتمة لكلام سابق",
        "speaker.source": "المصدر المذكور هو المتحدث",
        "speaker.first-person": "المتكلم هو صاحب الاقتباس الأوسع",
        "speaker.same-clause": "متحدث الجملة نفسها",
        "speaker.antecedent": "الاسم الذي يعود إليه الضمير",
        "speaker.holder-of-content": "صاحب الكلام الأوسع",
        "speaker.chain": "يتابع المتحدث السابق (يطابقه جنسًا وعددًا)",
        "speaker.named-before": "آخر من سُمّي قبل الفعل ويوافقه",
        "speaker.tie": "متحدثان ذُكرا معًا ويصلح كل منهما",
        "speaker.unknown": "لا يذكر النص المتحدث",
    }
)

# Why a speaker was considered and not chosen; a reason without a line here is shown as it is.
REJECTED: Mapping[str, str] = MappingProxyType(
    {"agreement": "لا يطابق الفعل جنسًا أو عددًا", "tie": "يصلح، ويصلح غيره مثله"}
)

# What can be wrong with an attribution, or with the verdict on a marked stretch.
MISTAKES: Mapping[str, str] = MappingProxyType(
    {
        "missed": "فات",
        "spurious": "زائد",
        "speaker": "المتحدث",
        "boundaries": "حدود الكلام",
        "type": "نوع النقل",
        "cue": "الدالّ على القول",
        "source": "المصدر كما ورد",
        "marks": "العلامتان",
    }
)

# How a stretch of an article compares with what it should be.
STATES: Mapping[str, str] = MappingProxyType(
    {
        "right": "صحيح",
        "wrong": "فيه خطأ",
        "missed": "فات",
        "spurious": "زائد",
        "marks": "علامتان أُسيء الحكم عليهما",
        "optional": "اختياري لا يُحسب",
    }
)

Words = tuple[str, str, str, str]
# Each: one, two, three to ten, eleven and more.
WORDS: Words = ("كلمة واحدة", "كلمتان", "كلمات", "كلمة")
TIMES: Words = ("مرة واحدة", "مرتان", "مرات", "مرة")
QUOTATIONS: Words = ("اقتباس واحد", "اقتباسان", "اقتباسات", "اقتباسًا")
ARTICLES: Words = ("مقال واحد", "مقالان", "مقالات", "مقالًا")
MISTAKES_COUNTED: Words = ("خطأ واحد", "خطآن", "أخطاء", "خطأ")
SPEAKERS: Words = ("متحدث واحد", "متحدثان", "متحدثين", "متحدثًا")


def counted(number: int, words: Words) -> str:
    """`number` with its noun in the form that Arabic grammar asks for: كلمة واحدة, كلمتان, 5 كلمات, 12 كلمة."""
    one, two, few, many = words
    if number in (1, 2):
        return one if number == 1 else two
    return f"{number} {few if 3 <= number % 100 <= 10 else many}"
