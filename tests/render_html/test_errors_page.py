"""The page of a run's mistakes, read as text and in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from attribution.evaluation import GoldDocument, Relation
from attribution.render.errors_page import Article, errors_page
from attribution.render.errors_page import _article as article
from attribution.spans import Span
from tests.chromium import CONTRAST, LEFT_OUT

in_a_browser = pytest.mark.skipif(LEFT_OUT is not None, reason=str(LEFT_OUT))
TEXT = (
    "قالت الوزيرة: «العمل يبدأ غدا». وأضاف المدير أن الأمر صعب جدا. وفاز «النصر» أمس.\r\n"
    "<script>document.title='HACKED'</script> وزعم الناطق أن المطر نزل. ورأى خبير أن السوق ستهدأ."
)


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def said(content: str, speaker: str | None, cue: str | None = None, **changes: Any) -> Relation:
    """A relation by its words; `speaker` is its source too where the text has it."""
    where = span(speaker) if speaker and speaker in TEXT else None
    whole = {"cue": span(cue) if cue else None, "source": where, "speaker": speaker, "type": "indirect"} | changes
    return Relation(content=(span(content),), **whole)


GOLD = GoldDocument(
    id="<b>أ</b>",
    text=TEXT,
    relations=(
        said("العمل يبدأ غدا", "الوزيرة", "قالت", type="direct"),
        said("أن الأمر صعب جدا", "المدير", "أضاف"),
        said("أن المطر نزل", "الناطق", "زعم"),
        said("أن السوق ستهدأ", "خبير", "رأى", optional=True),
    ),
    unattributed_marks=(span("النصر"),),
)
FOUND = (
    said("العمل يبدأ غدا", "الوزيرة", "قالت", type="direct"),
    said("أن الأمر صعب", "الوزيرة", "قالت", source=span("المدير"), type="mixed"),
    said("النصر", None),
)
OTHER = GoldDocument("ب", "نص بلا كلام", (), ())
RUN = {GOLD.id: FOUND, "ب": ()}


def page(**changes: Any) -> str:
    return errors_page([GOLD, OTHER], RUN, title="تقرير", **changes)


def faults(found: Article) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(item.state, item.words, tuple(fault.kind for fault in item.faults)) for item in found.items]


def test_every_relation_has_a_state_and_its_faults():
    assert faults(article(0, GOLD, FOUND)) == [
        ("right", "العمل يبدأ غدا", ()),
        ("wrong", "أن الأمر صعب جدا", ("speaker", "boundaries", "type", "cue")),
        ("missed", "أن المطر نزل", ("missed",)),
        ("optional", "أن السوق ستهدأ", ()),
        ("spurious", "النصر", ("spurious",)),
        ("marks", "النصر", ("marks",)),
    ]


def test_a_document_that_the_run_lacks_is_missed_and_told():
    found = article(0, GOLD, None)
    assert found.absent
    assert {item.state for item in found.items} == {"missed", "optional", "marks"}
    assert "ليس هذا المقال" in errors_page([GOLD], {}, title="ت")


def test_spans_beyond_the_text_are_clipped():
    wild = Relation((Span(5, 10_000),), None, None, None, None)
    gold, ours = article(0, GOLD, [wild]).copies
    assert ["".join(segment.text for segment in segments) for _, segments in (gold, ours)] == [TEXT, TEXT]


class _Texts(HTMLParser):
    """What the elements of class `text` hold, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if self.depth:
            self.depth += 1
        elif "text" in (dict(attributes).get("class") or "").split():
            self.found.append("")
            self.depth = 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= self.depth > 0

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.found[-1] += data


def test_both_copies_are_the_text():
    reader = _Texts()
    reader.feed(page())
    assert reader.found == [TEXT, TEXT, OTHER.text, OTHER.text]


def test_changes_are_there_if_a_run_is_compared():
    assert "ما كُسب" not in page()
    earlier = {GOLD.id: (said("أن الأمر صعب جدا", "المدير", "أضاف"),)}
    compared = page(against=earlier)
    assert "ما كُسب (1)" in compared
    assert "ما فُقد (2)" in compared
    assert 'href="#article-0"' in compared


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens the page from a file; a request or an error in the page fails the test."""
    trouble: list[str] = []
    contexts = []

    def opened(**context: Any) -> Any:
        file = tmp_path / "errors.html"
        file.write_bytes(page(against={GOLD.id: ()}).encode())
        contexts.append(browser.new_context(**{"viewport": {"width": 1400, "height": 900}} | context))
        shown = contexts[-1].new_page()
        shown.on("pageerror", lambda error: trouble.append(str(error)))
        shown.on("console", lambda message: trouble.append(message.text))
        shown.on("request", lambda request: request.url.startswith("file:") or trouble.append(request.url))
        shown.goto(file.as_uri())
        return shown

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


def cards(shown: Any) -> list[str]:
    found = shown.locator(".card")
    return [found.nth(n).get_attribute("data-q") for n in range(found.count()) if found.nth(n).is_visible()]


def kind(shown: Any, name: str) -> Any:
    return shown.locator(f".by-kind input[data-kind={name}]")


@in_a_browser
def test_text_is_the_article_and_never_runs(opened: Callable[..., Any]):
    shown = opened()
    assert shown.title() == "تقرير"
    assert shown.locator(".text").evaluate_all("(all) => all.map((e) => e.textContent)")[:2] == [TEXT, TEXT]


@in_a_browser
def test_a_card_marks_its_place_in_both_copies(opened: Callable[..., Any]):
    shown = opened()
    shown.locator('.card[data-q="1"] .go').click()
    assert shown.locator(".gold .on").all_inner_texts() == ["أن الأمر صعب جدا"]
    assert shown.locator(".found .on").all_inner_texts() == ["أن الأمر صعب"]
    assert shown.locator(".gold .on-cue").inner_text() == "أضاف"
    assert shown.locator(".found .on-cue").inner_text() == "قالت"
    shown.keyboard.press("Escape")
    assert shown.locator(".on").count() == 0


@in_a_browser
def test_a_stretch_leads_to_its_card_by_pointer_and_by_key(opened: Callable[..., Any]):
    shown = opened()
    shown.locator(".gold .s-missed").click()
    assert shown.locator(".card.current").get_attribute("data-q") == "2"
    assert "فات" in shown.locator(".status").inner_text()
    shown.locator(".gold .s-right").click()
    assert shown.locator(".card.current").count() == 0
    shown.locator(".gold .s-wrong").focus()
    shown.keyboard.press("Enter")
    assert shown.locator(".card.current").get_attribute("data-q") == "1"


@in_a_browser
def test_filters_leave_only_the_kinds_asked_for(opened: Callable[..., Any]):
    shown = opened()
    assert cards(shown) == ["1", "2", "4", "5"]
    shown.get_by_role("button", name="لا شيء").click()
    assert cards(shown) == []
    kind(shown, "speaker").check()
    assert cards(shown) == ["1"]
    rows = shown.locator(".card[data-q='1'] dt")
    assert [rows.nth(n).inner_text() for n in range(rows.count()) if rows.nth(n).is_visible()] == ["المتحدث"]
    assert shown.locator(".status").inner_text() == "يظهر 1 في 1 من 2"
    edge = "(e) => getComputedStyle(e).borderBlockEndColor"
    assert shown.locator(".gold .s-missed").evaluate(edge) == "rgba(0, 0, 0, 0)"
    shown.get_by_role("button", name="الكل").click()
    assert cards(shown) == ["1", "2", "4", "5"]


@in_a_browser
def test_one_article_can_be_asked_for(opened: Callable[..., Any]):
    shown = opened()
    shown.locator("#which").select_option("1")
    assert [shown.locator(".article").nth(n).is_visible() for n in (0, 1)] == [False, True]


@in_a_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough_everywhere(opened: Callable[..., Any], scheme: str):
    shown = opened(color_scheme=scheme)
    shown.locator("details").evaluate_all("(all) => all.forEach((e) => { e.open = true; })")
    for number in (None, "1", "2", "4", "5"):
        if number:
            shown.locator(f'.card[data-q="{number}"] .go').click()
        found = shown.locator("body *").evaluate_all(CONTRAST)
        assert len(found) > 50
        assert [pair for pair in found if pair[0] < 4.5] == []


@in_a_browser
def test_telephone_has_a_sheet_and_never_scrolls_sideways(opened: Callable[..., Any]):
    shown = opened(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    assert shown.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [360, 360]
    shown.locator(".gold .s-missed").tap()
    box = shown.locator(".card.current").bounding_box()
    assert box["y"] + box["height"] == pytest.approx(740, abs=2)
    shown.locator(".card.current .close").tap()
    assert shown.locator(".card.current").count() == 0


@in_a_browser
def test_without_scripts_and_on_paper_everything_is_told(opened: Callable[..., Any]):
    shown = opened(java_script_enabled=False)
    assert cards(shown) == ["1", "2", "4", "5"]
    assert not shown.locator(".filters").is_visible()
    shown.emulate_media(media="print")
    assert shown.locator("#changes li").first.is_visible()
    assert shown.pdf(format="A4").startswith(b"%PDF")
