// The cards of the panel, one function a kind of thing. Each gives a heading and the people it concerns.

const heading = (kind, title, ...below) => [
  element("p", { class: "eyebrow" }, element("span", {}, kind),
    element("a", { href: view.source?.id === "teams" ? "#teams" : "#", class: "close", "aria-label": "Close" }, "×")),
  element("h2", { tabindex: "-1" }, title),
  ...below,
];

const line = (...children) => element("p", { class: "meta" }, ...children);

function conceptSections(numbers) {
  return Object.entries(KINDS).map(([kind, [, many]]) =>
    section(many, longList("rows", counted(numbers.filter((n) => concepts[n].kind === kind)), conceptRow)));
}

function personCard(number) {
  const person = people[number];
  const group = groups[person.group];
  const about = person.papers.flatMap((paper) => [...new Set(papers[paper].about.map(([concept]) => concept))]);
  return {
    focus: new Set([number, ...collaborators[number].map(([other]) => other)]),
    card: [
      ...heading("Person", person.name),
      line(some(person.papers.length, "paper", "papers"), " · ",
        some(collaborators[number].length, "collaborator", "collaborators")),
      group && line(swatch(group.field), element("a", { href: address.group(person.group) }, group.label)),
      person.also.length > 0 && line(`Also printed as ${person.also.join(", ")}`),
      section("Papers", longList("cards", person.papers, (paper) => paperCard(paper))),
      section("Collaborators", longList("rows", collaborators[number], personRow)),
      ...conceptSections(about),
    ],
  };
}

function conceptCard(number) {
  const concept = concepts[number];
  const byPaper = new Map();
  for (const [paper, role, sure] of papersAbout[number]) {
    if (!byPaper.has(paper)) byPaper.set(paper, []);
    byPaper.get(paper).push([role, sure]);
  }
  const about = [...byPaper].sort((a, b) => b[1][0][1] - a[1][0][1] || (papers[b[0]].year ?? 0) - (papers[a[0]].year ?? 0));
  const who = about.flatMap(([paper]) => [...new Set(papers[paper].authors)]);
  return {
    focus: new Set(who),
    card: [
      ...heading(KINDS[concept.kind][0], concept.name),
      line(some(about.length, "paper", "papers"), " · ", some(new Set(who).size, "person", "people")),
      concept.also.length > 0 && line(`Also called ${concept.also.join(", ")}`),
      concept.broader.length > 0 && line("Part of ", ...joined(concept.broader.map(conceptLink))),
      narrower[number].length > 0 && line("Includes ", ...joined(narrower[number].map(conceptLink))),
      section("How it relates", longList("statements", alike(claimsOn[number], number), claimLine)),
      section("Papers", longList("cards", about, ([paper, roles]) =>
        paperCard(paper,
          line(roles.map(([role, sure]) => element("span", { class: "role" }, `${roleName(role)} · ${sure} %`))),
          evidence(papers[paper], number, roles[0][0])))),
      section("People", longList("rows", counted(who), personRow)),
    ],
  };
}

function paperPanel(number) {
  const paper = papers[number];
  const title = isWebAddress(paper.url) ? outward(paper.url, paper.title) : paper.title;
  const about = paper.about.toSorted((a, b) => a[1] - b[1] || b[2] - a[2]);
  return {
    focus: new Set(paper.authors),
    card: [
      ...heading("Paper", title),
      line([paper.venue?.toUpperCase(), paper.year].filter(Boolean).join(" ")),
      element("p", { class: "authors" }, ...joined(paper.authors.map(personLink))),
      section("Abstract", paper.abstract && wholeAbstract(paper)),
      section("What it says", longList("statements", about, (said) => statement(paper, said))),
      section("How things relate in it", longList("statements", claimsIn[number], (claim) =>
        [element("p", { class: "meta" }, conceptLink(claim[1])), claimLine(alike([claim], claim[1])[0])])),
    ],
  };
}

function groupCard(number) {
  const group = groups[number];
  const about = group.papers.flatMap((paper) => [...new Set(papers[paper].about.map(([concept]) => concept))]);
  const wrote = (member) => people[member].papers.length;
  return {
    focus: new Set(group.members),
    card: [
      ...heading("Group", group.label),
      line(swatch(group.field), data.fields[group.field]),
      line(some(group.members.length, "person", "people"), " · ", some(group.papers.length, "shared paper", "shared papers")),
      group.topics.length > 0 && line("Set apart by ", ...joined(group.topics.map(conceptLink))),
      section("People", longList("rows", group.members.map((member) => [member, wrote(member)]), personRow)),
      section("Papers", longList("cards", group.papers, (paper) => paperCard(paper))),
      ...conceptSections(about),
    ],
  };
}

function mostUsed(kind) {
  return concepts
    .map((concept, number) => [number, new Set(papersAbout[number].map(([paper]) => paper)).size])
    .filter(([number, count]) => concepts[number].kind === kind && count > 0)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

function homeCard() {
  const joinedUp = groups.map((_, number) => number).filter((number) => groups[number].papers.length > 1);
  const busiest = people
    .map((person, number) => [number, person.papers.length])
    .filter(([, count]) => count > 1)
    .sort((a, b) => b[1] - a[1] || collaborators[b[0]].length - collaborators[a[0]].length || a[0] - b[0]);
  const kinds = Object.entries(KINDS).filter(([kind]) => kind !== "metric");
  return {
    focus: null,
    card: [
      element("p", { class: "hint" }, "Each dot is a person, larger with more papers; each disc a group that writes together. Choose one, or search."),
      ...kinds.map(([kind, [, many]]) => section(many, longList("rows", mostUsed(kind), conceptRow))),
      section("Groups", longList("rows", joinedUp, groupRow)),
      section("Most papers", longList("rows", busiest, personRow)),
    ],
  };
}

const CARDS = { person: personCard, concept: conceptCard, paper: paperPanel, group: groupCard };

function showCard({ card }) {
  const holder = document.getElementById("card");
  holder.replaceChildren(...card.flat().filter(Boolean));
  document.getElementById("panel").scrollTop = 0;
}
