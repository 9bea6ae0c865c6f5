"""Closed classes of Arabic words, as skeletons (one spelling for أ إ آ ا, ى ي, ة ه)."""

from __future__ import annotations

_PRONOUNS = ("", "ه", "ها", "هم", "هما", "هن", "نا", "ني", "ك", "كم")


def _with_pronouns(*stems: str) -> frozenset[str]:
    return frozenset(stem + pronoun for stem in stems for pronoun in _PRONOUNS)


# أن / إن with and without a pronoun: «أنه», «إننا», «أني».
COMPLEMENTIZERS = _with_pronouns("ان") | {"اني", "انني", "اننا", "انا"}
COMPLEMENTIZERS_WITH_BI = frozenset("ب" + form for form in COMPLEMENTIZERS)
COORDINATED_COMPLEMENTIZERS = frozenset("و" + form for form in COMPLEMENTIZERS | COMPLEMENTIZERS_WITH_BI)
# Words that take أن themselves, so that an أن right after them is not the complement of a cue further left.
COMPLEMENTIZER_OWNERS = frozenset(
    "يجب تجب وجب ينبغي يمكن تمكن امكن يفترض يستطيع تستطيع نستطيع استطاع استطاعت يريد تريد نريد اريد اراد ارادت يود تود اود يحاول حاول "
    "قبل بعد منذ رغم برغم بعيد قبيل غير الا كما حيث اذ بما طالما خصوصا خاصه لاسيما سيما علما بشرط شرط شريطه اجل خشيه شان بمجرد مجرد "
    "المتوقع المقرر الممكن المرجح المفترض المنتظر الواجب الضروري المهم الافضل الصعب المستحيل الطبيعي المؤكد المعروف الواضح الغريب اللافت "
    "المحتمل المستبعد يبدو تبدو بدا يعني سبق يكاد كاد عسي لعل لولا لو بحجه بحكم باعتبار بدل بدلا حتي سوي فضلا عدا مع لحين "
    "حد دون بدون يسمح يحق لابد بد ريثما حين بيد ثم كي لكي مثلما اي بسبب لدرجه درجه كون".split()
)
QUESTION_WORDS = frozenset("هل ماذا لماذا كيف متي اين كم عما ايا اي".split())
RELATIVES = frozenset("الذي التي اللذان اللتان اللذين اللتين الذين اللاتي اللواتي اللائي ممن".split())
PREPOSITIONS = frozenset(
    "في من الي علي عن مع خلال بعد قبل منذ حول عبر ضد بين دون لدي عند امام خلف وراء فوق تحت نحو ضمن وفق بحسب حسب اثناء تجاه ازاء بشان بخصوص "
    "بسبب باسم رغم بدون عقب عشيه غداه اثر جراء لصالح قرب داخل خارج طوال مدي قباله برفقه بحضور بمناسبه بصدد بصفه بصفته بصفتها "
    "وسط طيله حتي مقابل سوي مثل بعيد قبيل حيال بمشاركه بهدف بغيه قيد".split()
)
# Prepositions that carry a pronoun: «فيه», «عليها»: a whole phrase in one word.
PREPOSITION_PRONOUNS = frozenset(
    p + s
    for p in ("في", "من", "الي", "علي", "عن", "مع", "ب", "ل", "لدي", "عند", "بين", "حول", "امام")
    for s in ("ه", "ها", "هم", "هما", "هن", "نا", "ك", "كم", "ي")
) | {"مني", "عني", "لي", "فيما", "منهم", "منها"}
DEMONSTRATIVES = frozenset("هذا هذه هذان هذين هاتين هؤلاء ذلك تلك اولئك".split())
SUBJECT_PRONOUNS = frozenset("هو هي هم هما هن انا نحن انت انتم".split())
NEGATIONS = frozenset("لم لا لن ما ليس ليست".split())
MODALS = frozenset("قد سوف ربما يمكن يجب ينبغي".split())
SUBORDINATORS = frozenset(
    "بينما فيما حيث اذ كما عندما حين حينما لكن لكنه لكنها غير الا بيد لان لانه لانها مما ما بعدما قبل ثم مثلما وفقما حتي اما فان فقد وقد لذا لذلك "
    "وهو وهي وهم وذلك".split()
)
BE = frozenset("كان كانت كانوا كنا كنت وكان وكانت فكان".split())
# What begins the main clause after a clause or phrase before it: «وبحسب التقرير فإن».
ANSWERS = frozenset("فان فقد فانه فانها فانهم".split())
# What introduces a name: «طالبة تدعى سميرة حداد».
CALLED = frozenset("يدعي تدعي ويدعي وتدعي اسمه اسمها واسمه واسمها".split())
