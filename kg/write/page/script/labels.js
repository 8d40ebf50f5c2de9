// Labels over the map: as large at every zoom, placed anew after every drawing so that none covers another.

const layer = document.getElementById("labels");
const made = new Map();

function labelElement(key, make) {
  if (!made.has(key)) {
    const label = make();
    layer.append(label);
    made.set(key, { label, width: label.offsetWidth, height: label.offsetHeight });
  }
  return made.get(key);
}

// A group's label in full, or its first line alone where the map is small.
const groupLabel = (disc, brief) =>
  labelElement(`group ${disc.group} ${brief}`, () =>
    element("a", { href: address.group(disc.group), class: brief ? "group brief" : "group", "aria-label": groups[disc.group].label },
      disc.lines.slice(0, brief ? 1 : disc.lines.length).map((text, line) =>
        element("span", { class: disc.topics > 1 && line > 0 ? "second" : null }, text))));

const nameLabel = (person) =>
  labelElement(`person ${person}`, () =>
    element("a", { href: address.person(person), class: "name", tabindex: "-1" }, people[person].name));

function besides(x, y, off, { width, height }, side) {
  if (side === "e") return [x + off, y - height / 2];
  if (side === "w") return [x - off - width, y - height / 2];
  return side === "s" ? [x - width / 2, y + off] : [x - width / 2, y - off - height];
}

class LabelPlan {
  constructor(width, height) {
    this.frame = [width, height];
    this.boxes = [];
    this.shown = new Map();
  }

  // Tries the places in turn; true where the label found room.
  put(key, entry, places, route, obstacles = []) {
    for (const [left, top] of places) {
      const box = { left, top, right: left + entry.width, bottom: top + entry.height, route };
      if (this.outside(box) || this.boxes.some((other) => meet(box, other))) continue;
      if (obstacles.some((other) => meet(box, other))) continue;
      this.boxes.push(box);
      this.shown.set(key, [entry, box]);
      return true;
    }
    return false;
  }

  outside({ left, top, right, bottom }) {
    return left < 0 || top < 0 || right > this.frame[0] || bottom > this.frame[1];
  }
}

const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

let plan = new LabelPlan(0, 0);

function show(next) {
  for (const [key, { label }] of made) {
    const found = next.shown.get(key);
    label.hidden = !found;
    if (found) label.style.transform = `translate(${Math.round(found[1].left)}px, ${Math.round(found[1].top)}px)`;
  }
  plan = next;
}

function labelAt(x, y) {
  const found = plan.boxes.find((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  return found ? found.route : null;
}

// Where the map keeps no room for labels, the discs are obstacles to them, unless a few are lit.
function obstaclesTo(view, scale) {
  if (view.map.labelled || view.focus) return [];
  return view.map.discs.map((disc) => {
    const { x, y } = view.network.canvasToDOM(disc);
    const reach = 0.8 * disc.radius * scale;
    return { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach };
  });
}

function placeLabels(view) {
  const { network, map, hovered, chosen, lit } = view;
  const scale = network.getScale();
  const brief = scale < 0.7 * map.zoom;
  const next = new LabelPlan(layer.clientWidth, layer.clientHeight);
  const obstacles = obstaclesTo(view, scale);
  const sides = new Map(map.names);
  const name = (person, always = false) => {
    const node = view.nodeOf.get(person);
    if (!node || next.shown.has(`person ${person}`)) return;
    const { x, y } = network.canvasToDOM(node);
    if (x < 0 || y < 0 || x > next.frame[0] || y > next.frame[1]) return;
    const entry = nameLabel(person);
    const order = [sides.get(person), "e", "w", "s", "n"].filter(Boolean);
    const off = node.size * scale + data.label.gap;
    const places = order.map((side) => besides(x, y, off, entry, side));
    if (!next.put(`person ${person}`, entry, places, address.person(person)) && always) {
      next.shown.set(`person ${person}`, [entry, { left: places[0][0], top: places[0][1] }]);
    }
  };
  if (hovered !== null) name(hovered, true);
  if (chosen !== null) name(chosen, true);
  const group = (disc, around) => {
    const entry = groupLabel(disc, brief);
    const { x, y } = network.canvasToDOM(disc);
    if (x < 0 || x > next.frame[0]) return;
    const left = Math.max(0, Math.min(next.frame[0] - entry.width, x - entry.width / 2));
    const top = y - disc.radius * scale - data.label.gap - entry.height;
    next.put(`group ${disc.group} ${brief}`, entry, [[left, top]], address.group(disc.group), around);
  };
  for (const disc of map.discs) if (disc.group === view.hoveredGroup) group(disc, []);
  for (const disc of map.discs) if (view.groupLit(disc.group) && disc.group !== view.hoveredGroup) group(disc, obstacles);
  if (brief && !view.focus) return show(next);
  for (const [person] of map.names) if (lit(person)) name(person);
  if (view.focus) for (const person of view.byPapers) if (view.focus.has(person) && lit(person)) name(person);
  if (scale > 1.9 * map.zoom) for (const person of view.byPapers) if (lit(person)) name(person);
  return show(next);
}
