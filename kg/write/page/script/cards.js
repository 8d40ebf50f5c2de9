// The parts that the cards in the panel share: people, concepts, papers, sentences with their marks.

const personRow = ([person, count]) =>
  element("a", { href: address.person(person), class: "row" }, swatch(fieldOf(person)),
    element("span", {}, people[person].name), tally(count));

const conceptRow = ([concept, count]) =>
  element("a", { href: address.concept(concept), class: "row" },
    element("span", {}, concepts[concept].name), tally(count));

const groupRow = (group) =>
  element("a", { href: address.group(group), class: "row" }, swatch(groups[group].field),
    element("span", {}, groups[group].label, element("small", {}, leaders(group))), tally(groups[group].members.length));

const leaders = (group) => groups[group].members.slice(0, 2).map((member) => people[member].name).join(", ");

const personLink = (person) => element("a", { href: address.person(person) }, people[person].name);
const conceptLink = (concept) => element("a", { href: address.concept(concept) }, concepts[concept].name);

function joined(parts, between = ", ") {
  return parts.flatMap((part, index) => (index ? [between, part] : [part]));
}

// Text from `start` to `end` with the places that name a concept marked; of two that overlap, the first.
function marked(paper, field, start, end, only = null) {
  const text = fieldText(paper, field);
  const parts = [];
  let at = start;
  for (const mention of paper.mentions) {
    const [where, from, to, concept] = mention;
    if (where !== field || from < at || to > end || (only !== null && concept !== only)) continue;
    parts.push(slice(text, at, from), mark(slice(text, from, to), mention));
    at = to;
  }
  parts.push(slice(text, at, end));
  return parts;
}

function mark(words, [, , , concept, role, sure]) {
  const { kind, name } = concepts[concept];
  const told = `${KINDS[kind][0]} ${name}: ${roleName(role)}, ${sure} % sure`;
  return element("mark", { "data-kind": kind, "data-sure": sure < 60 ? "low" : "high", title: told },
    element("a", { href: address.concept(concept) }, words));
}

function quote(paper, field, start, end, only = null) {
  const number = papers.indexOf(paper);
  return element("blockquote", {}, element("p", {}, marked(paper, field, start, end, only)),
    element("a", { href: address.paper(number), class: "source" }, sourceName(paper)));
}

function sourceName(paper) {
  const first = paper.authors.length ? people[paper.authors[0]].name.split(" ").at(-1) : paper.title;
  return `${first}${paper.authors.length > 1 ? " et al." : ""}${paper.year ? ` ${paper.year}` : ""}`;
}

// The sentence that says most surely what a paper does with a concept.
function evidence(paper, concept, role = null) {
  const said = paper.mentions.filter((mention) => mention[3] === concept);
  const fitting = said.filter((mention) => role === null || mention[4] === role);
  const [best] = (fitting.length ? fitting : said).toSorted((a, b) => b[5] - a[5] || b[0] - a[0]);
  return best ? element("p", { class: "sentence" }, marked(paper, best[0], best[6], best[7], concept)) : null;
}

function abstractOf(paper) {
  if (!paper.abstract) return null;
  const details = element("details", {}, element("summary", {}, "Abstract"));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(wholeAbstract(paper));
  });
  return details;
}

const wholeAbstract = (paper) =>
  element("p", { class: "abstract", lang: "en" }, marked(paper, 1, 0, lengthOf(paper.abstract)));

function paperCard(number, ...inside) {
  const paper = papers[number];
  const title = isWebAddress(paper.url)
    ? outward(paper.url, paper.title)
    : element("a", { href: address.paper(number) }, paper.title);
  const meta = [paper.venue?.toUpperCase(), paper.year].filter(Boolean).join(" ");
  return element("article", {}, element("h4", {}, title),
    element("p", { class: "meta" },
      joined([meta, element("a", { href: address.paper(number) }, some(paper.authors.length, "author", "authors"))]
        .filter(Boolean), " · ")),
    ...inside, abstractOf(paper));
}

// A statement of a paper about a concept: role, name and how sure it is.
function statement(paper, [concept, role, sure]) {
  return element("details", { class: "statement" },
    element("summary", {}, element("span", { class: "role" }, roleName(role)),
      element("span", {}, concepts[concept].name),
      element("span", { class: "sure", title: `${sure} % sure` },
        element("meter", { min: 0, max: 100, value: sure, "aria-label": "sure" }), `${sure} %`)),
    evidence(paper, concept, role),
    element("a", { href: address.concept(concept), class: "source" }, `More on ${concepts[concept].name}`));
}

function claimWords([, subject, predicate, , , , , , polarity], seenFrom) {
  const [forward, backward] = PREDICATES[data.predicates[predicate]] ?? [data.predicates[predicate], "see"];
  const isSubject = seenFrom === subject;
  if (polarity === "outperforms") return isSubject ? "better than" : "worse than";
  if (polarity === "outperformed") return isSubject ? "worse than" : "better than";
  return isSubject ? forward : backward;
}

// Claims that say the same of the same two concepts, the surest first: [words, other concept, claims].
function alike(said, seenFrom) {
  const found = new Map();
  for (const claim of said.toSorted((a, b) => b[7] - a[7])) {
    const words = claimWords(claim, seenFrom);
    const other = seenFrom === claim[1] ? claim[3] : claim[1];
    const key = `${words} ${other}`;
    if (!found.has(key)) found.set(key, [words, other, []]);
    found.get(key)[2].push(claim);
  }
  return [...found.values()];
}

function claimLine([words, other, said]) {
  return element("details", { class: "statement" },
    element("summary", {}, element("span", { class: "role" }, words), element("span", {}, concepts[other].name),
      said.length > 1 && tally(said.length)),
    ...said.map(([paper, , , , field, start, end]) => quote(papers[paper], field, start, end)),
    element("a", { href: address.concept(other), class: "source" }, `More on ${concepts[other].name}`));
}
