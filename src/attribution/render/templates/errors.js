"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const numbers = (value) => (value ? value.split(" ").map(Number) : []);
  document.documentElement.classList.add("script");
  const articles = all(".article").map((root) => ({
    root,
    cards: new Map(all(".card", root).map((card) => [Number(card.dataset.q), card])),
    spans: all(".text span", root).map((element) => ({
      element,
      contents: numbers(element.dataset.q),
      cues: numbers(element.dataset.cue),
      sources: numbers(element.dataset.source),
    })),
    shown: null,
  }));
  const status = document.querySelector(".filters .status");
  const which = document.getElementById("which");
  const narrow = matchMedia("(max-width: 60rem)");

  /* The mistakes that a stretch can mean and that are not filtered out, the innermost first. */
  function meant(article, span) {
    const found = [...span.contents].reverse().concat(span.cues, span.sources);
    return [...new Set(found)].filter((q) => article.cards.has(q) && !article.cards.get(q).hidden);
  }

  function show(article, q) {
    article.shown = q;
    const colour = article.cards.has(q) ? getComputedStyle(article.cards.get(q)) : null;
    for (const name of ["h", "c"])
      article.root.style.setProperty(`--${name}-on`, colour?.getPropertyValue(`--${name}0`) ?? "0");
    for (const { element, contents, cues, sources } of article.spans) {
      element.classList.toggle("on", contents.includes(q));
      element.classList.toggle("on-cue", cues.includes(q));
      element.classList.toggle("on-source", sources.includes(q));
    }
    for (const [number, card] of article.cards) {
      card.classList.toggle("current", number === q);
      card.querySelector(".go").setAttribute("aria-pressed", String(number === q));
    }
    const card = article.cards.get(q);
    if (!card) return;
    if (!narrow.matches) card.scrollIntoView({ block: "nearest" });
    status.textContent = card.querySelector("[id$=short]").textContent;
  }

  function filter() {
    const kinds = new Set(all(".by-kind :checked").map((box) => box.dataset.kind));
    let mistakes = 0;
    for (const article of articles) {
      const chosen = which.value === "" || article.root.id === `article-${which.value}`;
      let here = 0;
      for (const card of article.cards.values()) {
        for (const row of all("[data-kind]", card)) row.hidden = !kinds.has(row.dataset.kind);
        const left = card.dataset.kinds.split(" ").filter((kind) => kinds.has(kind)).length;
        card.hidden = !left;
        here += left;
      }
      /* An article without a mistake is shown where it is asked for by name, or nothing is filtered. */
      article.root.hidden = !chosen || (!here && which.value === "" && kinds.size < all(".by-kind input").length);
      if (!article.root.hidden) mistakes += here;
      if (article.shown !== null && article.cards.get(article.shown)?.hidden) show(article, null);
      for (const span of article.spans) {
        const faulty = span.contents.filter((q) => article.cards.has(q));
        span.element.classList.toggle("off", faulty.length > 0 && faulty.every((q) => article.cards.get(q).hidden));
      }
    }
    status.textContent = `يظهر ${mistakes} في ${articles.filter((a) => !a.root.hidden).length} من ${articles.length}`;
  }

  for (const article of articles) {
    const by = new Map(article.spans.map((span) => [span.element, span]));
    const tap = (element) => {
      const span = by.get(element);
      const choices = span ? meant(article, span) : [];
      const at = choices.indexOf(article.shown);
      show(article, choices[at + 1] ?? null);
    };
    article.root.addEventListener("click", (event) => {
      const card = event.target.closest(".card");
      if (event.target.closest(".go")) {
        const q = Number(card.dataset.q);
        show(article, q);
        article.spans.find((span) => span.contents.includes(q))?.element.scrollIntoView({ block: "center" });
      } else if (event.target.closest(".close")) show(article, null);
      else if (event.target.closest(".text") && !String(getSelection())) tap(event.target);
    });
    article.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") show(article, null);
      if ((event.key === "Enter" || event.key === " ") && by.has(event.target)) {
        tap(event.target);
        event.preventDefault();
      }
    });
  }
  document.querySelector(".filters").addEventListener("change", filter);
  document.querySelector(".filters").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    for (const box of all(".by-kind input")) box.checked = button.matches(".every");
    filter();
  });
  filter();
})();
