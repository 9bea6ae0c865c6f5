"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const numbers = (value) => (value ? value.split(" ").map(Number) : []);
  document.documentElement.classList.add("script");

  /* One article: its stretches of text, its cards, and which quotation is shown or pinned. */
  class Article {
    constructor(root) {
      this.root = root;
      this.text = root.querySelector(".text");
      this.status = root.querySelector(".status");
      this.cards = all(".card", root);
      this.spans = all(".text span", root).map((element) => ({
        element,
        contents: numbers(element.dataset.q),
        cues: numbers(element.dataset.cue),
        sources: numbers(element.dataset.source),
        opens: numbers(element.dataset.open),
      }));
      this.by = new Map(this.spans.map((span) => [span.element, span]));
      this.on = new Set(this.cards.keys());
      this.shown = this.pinned = null;
      this.listen();
    }

    /* The quotations that a stretch can mean, the likeliest first: of its cue, of its source, its innermost, the next … */
    meant(span) {
      const found = [...span.cues, ...span.sources, ...[...span.contents].reverse()];
      return [...new Set(found)].filter((q) => this.on.has(q));
    }

    /* The quotation that a focused stretch is the button of: the innermost that opens there. */
    opened(span) {
      const found = span.opens.filter((q) => this.on.has(q));
      return found.length ? found[found.length - 1] : null;
    }

    show(q) {
      if (q === this.shown) return;
      this.shown = q;
      const colour = q === null ? null : this.cards[q].style;
      for (const name of ["h", "c"]) this.text?.style.setProperty(`--${name}-on`, colour?.getPropertyValue(`--${name}0`) ?? "0");
      for (const { element, contents, cues, sources } of this.spans) {
        element.classList.toggle("on", contents.includes(q));
        element.classList.toggle("on-cue", cues.includes(q));
        element.classList.toggle("on-source", sources.includes(q));
      }
      this.cards.forEach((card, at) => card.classList.toggle("current", at === q));
      if (q !== null && !matchMedia("(max-width: 60rem)").matches) this.reveal(this.cards[q]);
    }

    /* Scrolls the list of cards, never the page. */
    reveal(card) {
      const side = card.closest(".side");
      const { top, bottom } = card.getBoundingClientRect();
      const seen = side.getBoundingClientRect();
      const floor = Math.min(seen.bottom, innerHeight);
      if (top < seen.top) side.scrollTop -= seen.top - top + 12;
      else if (bottom > floor) side.scrollTop += Math.min(bottom - floor + 12, top - seen.top - 12);
    }

    pin(q) {
      this.pinned = q;
      this.show(q);
      for (const { element, opens } of this.spans)
        if (opens.length) element.setAttribute("aria-pressed", String(q !== null && opens.includes(q)));
      this.cards.forEach((card, at) => card.querySelector(".go").setAttribute("aria-pressed", String(at === q)));
      if (q !== null) this.say(this.cards[q].querySelector(".short").textContent);
    }

    say(text) {
      if (this.status) this.status.textContent = text.replace(/\s+/g, " ").trim();
    }

    opening(q) {
      return this.spans.find((span) => span.opens.includes(q))?.element;
    }

    /* To the opening of a quotation, where the text holds it. */
    go(q) {
      this.pin(q);
      const place = this.opening(q);
      if (!place) return;
      place.focus({ preventScroll: true });
      place.scrollIntoView({ block: "center" });
    }

    /* The next quotation that is not filtered out, `step` being 1 or -1; it gets the focus. */
    move(step) {
      const shown = [...this.on].sort((a, b) => a - b).filter((q) => this.opening(q));
      if (!shown.length) return;
      const at = shown.indexOf(this.shown);
      this.go(shown[at < 0 ? (step > 0 ? 0 : shown.length - 1) : (at + step + shown.length) % shown.length]);
    }

    filter() {
      const speakers = new Set(all("[data-speaker]:checked", this.root).map((box) => box.dataset.speaker));
      const types = new Set(all(".by-type :checked", this.root).map((box) => box.dataset.type));
      this.on = new Set();
      this.cards.forEach((card, q) => {
        card.hidden = !(speakers.has(card.dataset.speaker) && types.has(card.dataset.type));
        if (!card.hidden) this.on.add(q);
      });
      if (!this.on.has(this.shown)) this.pin(null);
      this.spans.forEach((span) => this.paint(span));
      this.say(`يظهر ${this.on.size} من ${this.cards.length}`);
    }

    /* Colours of the quotations that are left around a stretch, the innermost first. */
    paint({ element, contents, cues, sources, opens }) {
      const left = contents.filter((q) => this.on.has(q)).reverse().slice(0, 3);
      const named = [...cues, ...sources].some((q) => this.on.has(q));
      element.removeAttribute("style");
      left.forEach((q, rank) => {
        for (const name of ["h", "c"])
          element.style.setProperty(`--${name}${rank}`, this.cards[q].style.getPropertyValue(`--${name}0`));
      });
      element.classList.toggle("off", !left.length && !named);
      if (!opens.length) return;
      const open = opens.filter((q) => this.on.has(q));
      element.tabIndex = open.length ? 0 : -1;
      element.dataset.badge = open.map((q) => this.cards[q].dataset.speaker).join("·");
    }

    listen() {
      const { text } = this;
      if (text) {
        text.addEventListener("pointerover", (event) => this.hover(event));
        text.addEventListener("pointerleave", () => this.show(this.pinned));
        text.addEventListener("click", (event) => this.tap(event));
        text.addEventListener("focusin", (event) => this.focus(event));
        text.addEventListener("keydown", (event) => this.key(event));
      }
      this.root.addEventListener("change", (event) => event.target.closest(".filters") && this.filter());
      this.root.addEventListener("click", (event) => this.press(event));
      this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.pin(null));
      this.cards.forEach((card, q) => {
        card.addEventListener("pointerenter", () => this.pinned === null && this.mark(q));
        card.addEventListener("pointerleave", () => this.pinned === null && this.mark(null));
      });
    }

    /* As show, for a card under the pointer: the list of cards stays where it is, and on a telephone nothing moves. */
    mark(q) {
      if (matchMedia("(hover: hover)").matches) {
        const side = this.root.querySelector(".side");
        const top = side.scrollTop;
        this.show(q);
        side.scrollTop = top;
      }
    }

    hover(event) {
      if (event.pointerType === "touch" || this.pinned !== null) return;
      const span = this.by.get(event.target);
      this.show((span && this.meant(span)[0]) ?? null);
    }

    /* A first tap pins what a stretch most likely means, a further one the quotation around it, the last lets go. */
    tap(event) {
      if (String(getSelection())) return;
      const span = this.by.get(event.target);
      const choices = span ? this.meant(span) : [];
      const at = choices.indexOf(this.pinned);
      this.pin(choices.length && at + 1 < choices.length ? choices[at + 1] : null);
    }

    focus(event) {
      const span = this.by.get(event.target);
      const q = span && event.target.matches(":focus-visible") ? this.opened(span) : null;
      if (q !== null && !(this.pinned !== null && span.opens.includes(this.pinned))) {
        this.pinned = null;
        this.show(q);
      }
    }

    key(event) {
      const step = { ArrowDown: 1, ArrowLeft: 1, ArrowUp: -1, ArrowRight: -1 }[event.key];
      const span = this.by.get(event.target);
      if (step) this.move(step);
      else if (span && (event.key === "Enter" || event.key === " ")) {
        const open = span.opens.filter((q) => this.on.has(q)).reverse();
        const at = open.indexOf(this.pinned);
        this.pin(at + 1 < open.length ? open[at + 1] : null);
      } else return;
      event.preventDefault();
    }

    press(event) {
      const button = event.target.closest("button, a");
      if (!button || !this.root.contains(button)) return;
      const card = button.closest(".card");
      if (button.matches(".go")) this.go(Number(card.dataset.q));
      if (button.matches(".close")) {
        this.pin(null);
        this.opening(Number(card.dataset.q))?.focus({ preventScroll: true });
      }
      if (button.matches(".every, .none")) {
        for (const box of all("[data-speaker][type=checkbox]", this.root)) box.checked = button.matches(".every");
        this.filter();
      }
    }
  }

  /* A name as a reader may type it: without hamzas, vowel signs or tatweel, one form for ى ي and ة ه, in small letters. */
  const plain = (name) =>
    name
      .normalize("NFKD")
      .replace(/[\p{M}\p{Cf}\u0640]/gu, "")
      .replace(/[ٱىةیک]/g, (letter) => ({ ٱ: "ا", ى: "ي", ة: "ه", ی: "ي", ک: "ك" })[letter])
      .replace(/\s+/g, " ")
      .trim()
      .toLowerCase();

  /* The index of a collection: speakers by name and kind, the first few or all. */
  function index(root) {
    const rows = all(".speakers > li", root);
    const names = new Map(rows.map((row) => [row, plain(row.dataset.name)]));
    const find = root.querySelector("#find-speaker");
    const more = root.querySelector(".more");
    let everyone = !more;
    const filter = () => {
      const kinds = new Set(all("[data-kind]:checked", root).map((box) => box.dataset.kind));
      const wanted = plain(find.value);
      for (const row of rows) {
        const fits = (!row.dataset.kind || kinds.has(row.dataset.kind)) && names.get(row).includes(wanted);
        row.hidden = !fits || (!everyone && !wanted && "more" in row.dataset);
      }
      root.querySelector(".status").textContent = `يظهر ${rows.filter((row) => !row.hidden).length} من ${rows.length}`;
    };
    root.addEventListener("input", filter);
    more?.addEventListener("click", () => {
      everyone = true;
      more.hidden = true;
      filter();
    });
    filter();
  }

  /* Articles come to life when they are first shown: a collection may hold thousands. */
  const roots = all(".article");
  const alive = new Map();
  const article = (root) => alive.get(root) ?? alive.set(root, new Article(root)).get(root);
  const home = document.getElementById("index");
  if (home) index(home);

  /* Shows what the address names: the index, an article, or one of its cards. */
  function route() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const root = target?.closest(".article") ?? null;
    if (home) {
      home.hidden = root !== null;
      for (const other of roots) other.hidden = other !== root;
    }
    for (const shown of home ? [root] : roots) if (shown) article(shown);
    if (target?.matches(".card")) article(root).go(Number(target.dataset.q));
    else if (home) scrollTo(0, 0);
  }
  addEventListener("hashchange", route);
  route();
})();
