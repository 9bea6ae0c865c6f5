"""Documents made for the page's tests: quotations that nest and cross, and text that tries to be markup."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from attribution.records import (
    AttributedDocument,
    Attribution,
    AttributionType,
    Content,
    Cue,
    Evidence,
    RejectedCandidate,
    Source,
    Speaker,
    SpeakerKind,
    SpeakerReference,
    TextSpan,
)

NESTED = "قالت الوزيرة إن المدير أكد لها أن «العمل يبدأ غدا» بعد الظهر. وذكرت وكالة أن العمل يبدأ في موعده."
HOSTILE = (
    "قال <script>document.title='HACKED'</script> & \"Ali\" إن <b>الخبر</b> صحيح &amp; &lt;\r\nسطر\tبعد\rجدولة\n\n"
    "</div></section><img src=x onerror=\"document.title='HACKED'\"> "
    "\u202eمعكوس\u202c \u2066عزل \u200fو\u200e \u0085 \u0091 \ufeff \f "
    "😀 ]]> --> {{ 7*7 }} {% raw %}"
)
KINDS: dict[str, SpeakerKind] = {"وكالة": "organization", "المدير": "person", "الوزيرة": "person"}


def span(text: str, words: str, *, after: int = 0) -> TextSpan:
    """The first place of `words` in `text` from `after` on."""
    start = text.index(words, after)
    return TextSpan(start=start, end=start + len(words), text=words)


def attribution(
    number: int,
    text: str,
    content: str | tuple[str, ...],
    cue: str | None = None,
    speaker: str | None = None,
    type: AttributionType = "indirect",
    *,
    parent: str | None = None,
) -> Attribution:
    """Attribution `a<number>`; speaker and cue are found in the text by their words."""
    pieces = (content,) if isinstance(content, str) else content
    who = SpeakerReference(id=f"s-{speaker}", name=speaker, kind=KINDS.get(speaker, "person")) if speaker else None
    return Attribution(
        id=f"a{number}",
        type=type,
        content=Content(spans=tuple(span(text, piece) for piece in pieces)),
        cue=Cue(span=span(text, cue), lemma=cue, kind="verb") if cue else None,
        source=Source(span=span(text, speaker) if speaker and speaker in text else None, form="nominal"),
        speaker=who,
        parent=parent,
        confidence=round(0.9 - number % 8 / 10, 3),
        evidence=(Evidence(rule="opening.complementizer", note="ملاحظة <b>"), Evidence(rule="future.rule")),
        rejected=(RejectedCandidate(name="فلان", reason="العدد لا يطابق"),),
    )


def document(text: str, attributions: Iterable[Attribution], id: str = "مقال", **changes: object) -> AttributedDocument:
    """A document of `text`; its speakers are those of its attributions."""
    found = tuple(attributions)
    speakers = {a.speaker.id: a.speaker for a in found if a.speaker}
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    whole = {
        "id": id,
        "text": text,
        "text_sha256": digest,
        "attributions": found,
        "speakers": tuple(Speaker(id=s.id, name=s.name, kind=s.kind) for s in speakers.values()),
        "model": "made",
        "version": "0",
    }
    return AttributedDocument.model_validate(whole | changes)


def nested() -> AttributedDocument:
    """Three quotations one inside the other (the innermost two begin together), one that crosses them, one unknown."""
    return document(
        NESTED,
        [
            attribution(0, NESTED, "إن المدير أكد لها أن «العمل يبدأ غدا» بعد الظهر", "قالت", "الوزيرة", "mixed"),
            attribution(1, NESTED, "العمل يبدأ غدا", "أكد", "المدير", "direct", parent="a0"),
            attribution(2, NESTED, "العمل يبدأ", None, None, parent="a1"),
            attribution(3, NESTED, "غدا» بعد الظهر. وذكرت وكالة أن العمل", None, "وكالة"),
            attribution(4, NESTED, ("أن العمل", "في موعده"), "ذكرت", "وكالة"),
        ],
    )


def hostile() -> AttributedDocument:
    """An article, a name, a note, a warning and an id that are full of markup."""
    name = "</script><script>document.title='HACKED'</script>"
    found = attribution(0, HOSTILE, "إن <b>الخبر</b> صحيح &amp; &lt;\r\nسطر", "قال")
    who = SpeakerReference(id="s1", name=name, kind="person")
    reason = Evidence(rule="<img src=x onerror=alert(1)>", note=name)
    changed = found.model_copy(update={"speaker": who, "evidence": (reason,)})
    return document(HOSTILE, [changed], id=f'"><script>{name}', warnings=(name,))
