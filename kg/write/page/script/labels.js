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

const groupLabel = (disc) =>
  labelElement(`group ${disc.group}`, () =>
    element("a", { href: address.group(disc.group), class: "group", "data-field": groups[disc.group].field },
      ...joined(disc.lines, " ").map((text) => (text === " " ? element("br") : text))));

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
  put(key, entry, places, route) {
    for (const [left, top] of places) {
      const box = { left, top, right: left + entry.width, bottom: top + entry.height, route };
      if (this.outside(box) || this.boxes.some((other) => meet(box, other))) continue;
      this.boxes.push(box);
      this.shown.set(key, [entry, box]);
      return true;
    }
    return false;
  }

  outside({ left, top, right, bottom }) {
    return right < 0 || bottom < 0 || left > this.frame[0] || top > this.frame[1];
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

function placeLabels(view) {
  const { network, map, hovered, chosen, lit } = view;
  const scale = network.getScale();
  const next = new LabelPlan(layer.clientWidth, layer.clientHeight);
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
  for (const disc of map.discs) {
    if (!view.groupLit(disc.group)) continue;
    const entry = groupLabel(disc);
    const { x, y } = network.canvasToDOM(disc);
    const top = y - disc.radius * scale - data.label.gap - entry.height;
    next.put(`group ${disc.group}`, entry, [[x - entry.width / 2, top]], address.group(disc.group));
  }
  for (const [person] of map.names) if (lit(person)) name(person);
  if (view.focus) for (const person of view.byPapers) if (view.focus.has(person) && lit(person)) name(person);
  if (scale > 1.9 * map.zoom) for (const person of view.byPapers) if (lit(person)) name(person);
  show(next);
}
