// The search box: a combobox after the ARIA Authoring Practices (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).

const UNDECOMPOSED = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i" };

const folded = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[øłđðþßæœı]/g, (letter) => UNDECOMPOSED[letter]);

function searchEntries() {
  const entry = (kind, href, name, weight, ...more) =>
    ({ kind, href, name, weight, text: folded([name, ...more].join(" \n ")) });
  return [
    ...concepts.map((c, n) => entry(KINDS[c.kind][0], address.concept(n), c.name, papersAbout[n].length, ...c.also)),
    ...people.map((p, n) => entry("Person", address.person(n), p.name, p.papers.length, ...p.also)),
    ...groups.map((g, n) => entry("Group", address.group(n), g.label, g.members.length)).filter((_, n) => groups[n].papers.length > 1),
    ...papers.map((p, n) => entry("Paper", address.paper(n), p.title, 0)),
  ];
}

// 4 where the name is what was asked for, 3 where it begins so, 2 where words of it do, 1 where it holds them.
function score(entry, words, whole, starts) {
  if (!words.every((word) => entry.text.includes(word))) return 0;
  if (entry.text.startsWith(whole)) return entry.text === whole ? 4 : 3;
  return starts.every((start) => start.test(entry.text)) ? 2 : 1;
}

const startOfWord = (word) => new RegExp(`(^|[^\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "u");

class Search {
  constructor(onchoose) {
    this.input = document.getElementById("search");
    this.list = document.getElementById("results");
    this.onchoose = onchoose;
    this.active = -1;
    this.found = [];
    this.input.addEventListener("input", () => this.update());
    this.input.addEventListener("focus", () => this.update());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(Number(option.dataset.number));
    });
  }

  matches(query) {
    const whole = folded(query).trim().replace(/\s+/g, " ");
    const words = whole.split(" ").filter(Boolean);
    if (!words.length) return [];
    this.entries ??= searchEntries();
    const starts = words.map(startOfWord);
    return this.entries
      .map((entry) => [score(entry, words, whole, starts), entry])
      .filter(([points]) => points > 0)
      .sort(([a, one], [b, other]) => b - a || other.weight - one.weight || one.name.length - other.name.length)
      .slice(0, data.limits.results)
      .map(([, entry]) => entry);
  }

  update() {
    const query = this.input.value;
    this.found = this.matches(query);
    this.active = this.found.length ? 0 : -1;
    const options = this.found.map((entry, number) =>
      element("li", { role: "option", id: `result-${number}`, "data-number": number },
        element("span", {}, entry.name), element("small", {}, entry.kind)));
    const nothing = query.trim() && !options.length
      ? [element("li", { class: "nothing", role: "option", "aria-disabled": "true" }, "Nothing of that name")] : [];
    this.list.replaceChildren(...options, ...nothing);
    this.toggle(options.length + nothing.length > 0);
    this.mark();
  }

  mark() {
    for (const option of this.list.children) {
      option.setAttribute("aria-selected", String(Number(option.dataset.number) === this.active));
    }
    const current = this.list.children[this.active];
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `result-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
    current?.scrollIntoView({ block: "nearest" });
  }

  toggle(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    this.toggle(false);
    this.input.removeAttribute("aria-activedescendant");
  }

  choose(number) {
    const entry = this.found[number];
    if (!entry) return;
    this.input.value = "";
    this.close();
    this.onchoose(entry.href);
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found.length) {
      event.preventDefault();
      this.active = (this.active + step + this.found.length) % this.found.length;
      this.toggle(true);
      this.mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }
}
