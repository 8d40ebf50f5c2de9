// The records: lists by number, as kg/write/page/data.py wrote them, with the indexes that the page needs.

const data = JSON.parse(document.getElementById("data").textContent);
const { people, concepts, papers, groups, claims, maps } = data;

const KINDS = {
  topic: ["Topic", "Topics"],
  method: ["Method", "Methods"],
  dataset: ["Data set", "Data sets"],
  metric: ["Metric", "Metrics"],
};
const ROLES = {
  hasTopic: "topic",
  introduces: "introduces",
  uses: "uses",
  comparesWith: "compares with",
  studies: "studies",
  evaluatesWith: "evaluates with",
};
const PREDICATES = {
  usedFor: ["used for", "done with"],
  basedOn: ["based on", "basis of"],
  comparedWith: ["compared with", "compared with"],
  evaluatedOn: ["evaluated on", "used to evaluate"],
};

const roleName = (role) => ROLES[data.roles[role]] ?? data.roles[role];

function listed(count, pairs) {
  const lists = Array.from({ length: count }, () => []);
  for (const [index, value] of pairs) lists[index].push(value);
  return lists;
}

// For each person, [other person, shared papers], the closest first.
const collaborators = listed(
  people.length,
  data.coauthors.flatMap(([a, b, shared]) => [[a, [b, shared]], [b, [a, shared]]]),
);
for (const list of collaborators) {
  list.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

// For each concept, [paper, role, percent].
const papersAbout = listed(
  concepts.length,
  papers.flatMap((paper, number) => paper.about.map(([concept, role, sure]) => [concept, [number, role, sure]])),
);
const narrower = listed(
  concepts.length,
  concepts.flatMap((concept, number) => concept.broader.map((parent) => [parent, number])),
);
const claimsOn = listed(
  concepts.length,
  claims.flatMap((claim) => (claim[1] === claim[3] ? [[claim[1], claim]] : [[claim[1], claim], [claim[3], claim]])),
);
const claimsIn = listed(papers.length, claims.map((claim) => [claim[0], claim]));

const routes = new Map();
people.forEach((person, number) => routes.set(`person/${person.id}`, { kind: "person", number }));
concepts.forEach((concept, number) => routes.set(concept.id, { kind: "concept", number }));
papers.forEach((paper, number) => routes.set(`paper/${paper.id}`, { kind: "paper", number }));
groups.forEach((group, number) => routes.set(`group/${group.id}`, { kind: "group", number }));

const address = {
  person: (number) => `#person/${people[number].id}`,
  concept: (number) => `#${concepts[number].id}`,
  paper: (number) => `#paper/${papers[number].id}`,
  group: (number) => `#group/${groups[number].id}`,
};

const fieldOf = (person) => {
  const group = groups[people[person].group];
  return group ? group.field : data.fields.length - 1;
};

// Offsets count code points, JavaScript's strings count UTF-16 units: they differ where a letter takes two.
const codePoints = new Map();
function slice(text, start, end) {
  if (!codePoints.has(text)) {
    const points = Array.from(text);
    codePoints.set(text, points.length === text.length ? null : points);
  }
  const points = codePoints.get(text);
  return points ? points.slice(start, end).join("") : text.slice(start, end);
}
const lengthOf = (text) => Array.from(text).length;

const fieldText = (paper, field) => (field === 0 ? paper.title : paper.abstract);

function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

const some = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
