"""The page as text: what it holds and what it never lets in."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attribution.records import AttributedDocument, RejectedCandidate
from attribution.render import labels
from attribution.render.html import to_html, to_iframe
from attribution.render.quoted import quoted_in, quoted_over
from tests.render_html import made


class TextReader(HTMLParser):
    """Collects what stands inside <div class="text">, tags left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inside = False
        self.found = ""
        self.tags: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.inside = self.inside or (tag == "div" and ("class", "text") in attrs)

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "div"

    def handle_data(self, data):
        self.found += data if self.inside else ""


def read_text(page: str) -> str:
    reader = TextReader()
    reader.feed(page)
    reader.close()
    return reader.found


def one(text: str, **changes: object) -> str:
    return to_html([made.document(text, (), **changes)], title="عنوان")


@given(st.text(alphabet=st.characters(), max_size=80))
@example("\n\nسطر\r\n\tآخر\r \u202e\u2066 \ufeff \u0085\x0c<b>&amp;</b>\u2028")
def test_text_of_the_page_is_the_article(text: str):
    expected = re.sub("[\x00\ud800-\udfff]", "\ufffd", text)
    assert read_text(one(text)) == expected
    assert len(expected) == len(text)


def test_nul_and_lone_surrogates_become_the_replacement_character():
    page = one("قبل\x00بعد\ud800آخر")
    assert "قبل\ufffdبعد\ufffdآخر" in page
    page.encode("utf-8")


def test_hostile_article_adds_no_element_and_no_script():
    page = to_html([made.hostile()], title="<script>alert(1)</script>")
    document = made.hostile()
    assert document.text == read_text(page)
    reader = TextReader()
    reader.feed(page)
    assert not reader.tags & {"img", "b"}
    assert len(re.findall("<script", page)) == 1
    assert "HACKED'</script>" not in page


def test_page_asks_nothing_of_the_network_and_runs_only_its_own_script():
    page = to_html([made.nested(), made.hostile()], title="ت")
    assert not re.search(
        r"""(src|href|action|url)\s*[=(]\s*["']?(https?:|//)""", html.unescape(page).replace("src=x", "")
    )
    script = re.search("<script>(.*)</script>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in page


def test_every_quotation_has_a_card_with_speaker_cue_reason_and_confidence():
    page = to_html([made.nested()], title="ت")
    card = page.split('<li class="card" ')[2]
    assert card.startswith('id="article-0-q1"')
    for shown in (
        "المدير",
        "مباشر",
        "أكد",
        "80%",
        labels.RULES["opening.complementizer"],
        "العدد لا يطابق",
        "#article-0-q0",
    ):
        assert shown in card
    assert '<code dir="ltr">future.rule</code>' in card


def test_reasons_lead_to_their_rules_where_the_documentation_is_published():
    address = "https://docs.example/rules.html"
    pages = [to_html([made.nested()], title="ت", rules_url=address), made.nested().to_html(rules_url=address)]
    for page in pages:
        linked = set(re.findall(rf'<a href="{address}#([^"]+)"><code dir="ltr">\1</code></a>', page))
        assert linked == {reason.rule for a in made.nested().attributions for reason in a.evidence}
    assert "rules.html" not in made.nested().to_html()


def test_address_of_the_rules_cannot_leave_its_attribute():
    assert '"><b>' not in to_html([made.nested()], title="ت", rules_url='"><b>')


def test_unknown_speaker_has_no_colour_of_a_name():
    page = to_html([made.nested()], title="ت")
    assert labels.UNKNOWN in page
    assert ";--c0:0" in page


def test_document_whose_text_was_not_kept_shows_its_quotations():
    kept_out = made.nested().model_copy(update={"text": None})
    page = to_html([kept_out], title="ت")
    assert "لم يُحفظ نص هذا المقال" in page
    assert page.count('class="card"') == 5
    assert 'class="text"' not in page


def test_document_without_attributions_says_so():
    assert "لم يُعثر في هذا النص على كلام منسوب إلى أحد" in one("نص بلا اقتباس")


def test_collection_counts_speakers_over_articles():
    first, second = made.nested(), made.nested().model_copy(update={"id": "آخر", "metadata": {"title": "عنوان آخر"}})
    found = {quoted.name: quoted for quoted in quoted_over([first, second])}
    assert (found["الوزيرة"].times, found["الوزيرة"].documents) == (2, [0, 1])
    assert found["وكالة"].words == 2 * sum(q.words for q in quoted_in(first).values() if q.name == "وكالة")
    assert list(found)[-1] is None
    page = to_html([first, second], title="مجموعة")
    assert 'href="#article-1"><bdi>عنوان آخر</bdi>' in page
    assert "مقالان · 10 اقتباسات · 3 متحدثين" in page  # the unknown, who have a row too, are no speaker
    assert page.count("5 اقتباسات · 3 متحدثين") == 2


def test_reason_to_reject_a_speaker_is_told_in_arabic():
    whole = made.nested()
    rejected = tuple(RejectedCandidate(name="سامي", reason=reason) for reason in ("agreement", "future"))
    last = whole.attributions[-1].model_copy(update={"rejected": rejected})
    page = to_html([whole.model_copy(update={"attributions": (*whole.attributions[:-1], last)})], title="ت")
    assert f"<bdi>سامي</bdi>: <bdi>{labels.REJECTED['agreement']}</bdi>" in page
    assert "<bdi>سامي</bdi>: <bdi>future</bdi>" in page


def test_words_count_every_piece_of_a_content():
    quoted = quoted_in(made.nested())["s-وكالة"]
    assert (quoted.words, quoted.times) == (7 + 4, 2)


def test_empty_collection_is_a_page():
    assert "من يُقتبس أكثر" in to_html([], title="فارغة")


def test_speakers_beyond_the_first_are_kept_back():
    many = [
        made.document("قال", [made.attribution(0, "قال", "قال", speaker=f"متحدث {n}")], id=str(n)) for n in range(30)
    ]
    page = to_html(many, title="ت")
    assert page.count("data-more>") == 5
    assert "أظهر الكل (30)" in page


def test_spans_beyond_the_text_are_clipped():
    document = AttributedDocument.model_validate({**made.nested().model_dump(), "text": "قصير"})
    assert read_text(to_html([document], title="ت")) == "قصير"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 كلمة"),
        (1, "كلمة واحدة"),
        (2, "كلمتان"),
        (3, "3 كلمات"),
        (10, "10 كلمات"),
        (11, "11 كلمة"),
        (103, "103 كلمات"),
    ],
)
def test_numbers_agree_with_their_nouns(number: int, words: str):
    assert labels.counted(number, labels.WORDS) == words


def test_page_in_a_notebook_is_shut_in_a_frame():
    frame = to_iframe(made.hostile())
    inner = re.fullmatch(r'<iframe title="[^"]*" style="[^"]*" srcdoc="([^"]*)"></iframe>', frame)
    assert inner is not None
    assert read_text(html.unescape(inner[1])) == made.HOSTILE
