// The map: vis-network draws dots and edges, this file the discs, colours and what is lit.

const theme = matchMedia("(prefers-color-scheme: dark)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const holder = document.getElementById("network");

function palette() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(name).trim();
  return {
    fields: data.fields.map((_, number) => value(`--field-${number === data.fields.length - 1 ? "rest" : number}`)),
    canvas: value("--canvas"),
    ink: value("--ink"),
    edge: value("--edge"),
    accent: value("--accent"),
  };
}

// On a screen that is taller than wide the map is mirrored at its diagonal.
const isUpright = () => holder.clientHeight > 1.15 * holder.clientWidth;
const swapped = (thing) => ({ ...thing, x: thing.y, y: thing.x });

function transposed(map) {
  const [left, top, right, bottom] = map.bounds;
  return { ...map, bounds: [top, left, bottom, right], nodes: map.nodes.map(swapped), discs: map.discs.map(swapped) };
}

class MapView {
  constructor() {
    this.pressed = new Set();
    this.focus = null;
    this.hovered = null;
    this.hoveredGroup = null;
    this.chosen = null;
    this.lit = this.lit.bind(this);
  }

  show(map) {
    this.upright = isUpright();
    this.source = map;
    map = this.upright ? transposed(map) : map;
    this.map = map;
    this.nodeOf = new Map(map.nodes.map((node) => [node.id, node]));
    this.byPapers = map.nodes.map((node) => node.id)
      .sort((a, b) => people[b].papers.length - people[a].papers.length || a - b);
    made.forEach(({ label }) => label.remove());
    made.clear();
    this.network?.destroy();
    this.colours = palette();
    this.nodes = new vis.DataSet(map.nodes.map((node) => ({ ...node, ...this.nodeLook(node.id) })));
    this.edges = new vis.DataSet(map.edges.map((edge, id) => ({ id, ...edge, ...this.edgeLook(edge) })));
    this.network = new vis.Network(holder, { nodes: this.nodes, edges: this.edges }, map.options);
    this.network.on("beforeDrawing", (context) => this.drawDiscs(context));
    this.network.on("afterDrawing", () => placeLabels(this));
    this.network.on("click", ({ pointer }) => this.onpick(this.at(pointer.DOM)));
    this.network.on("zoom", () => this.keepZoom());
    this.network.on("dragStart", () => { this.moved = true; });
    this.fit(false);
  }

  // Whether a person is drawn in full, by the fields pressed and what is chosen.
  lit(person) {
    const inField = !this.pressed.size || this.pressed.has(fieldOf(person));
    return inField && (!this.focus || this.focus.has(person));
  }

  groupLit(group) {
    const { field, members } = groups[group];
    if (this.pressed.size && !this.pressed.has(field)) return false;
    return !this.focus || members.some((member) => this.focus.has(member));
  }

  nodeLook(person) {
    const colour = this.colours.fields[fieldOf(person)];
    const lit = this.lit(person);
    const ring = person === this.chosen ? this.colours.ink : this.colours.canvas;
    return {
      color: { background: lit ? colour : `${colour}30`, border: lit ? ring : "#00000000" },
      borderWidth: person === this.chosen ? 2.5 : 1,
    };
  }

  edgeLook({ from, to, papers: shared, bridge, quiet }) {
    const own = this.chosen !== null && (from === this.chosen || to === this.chosen);
    const lit = this.lit(from) && this.lit(to);
    const opacity = own ? 0.9 : !lit ? 0.06 : bridge ? 0.75 : 0.5;
    return {
      hidden: Boolean(quiet) && !own && !(lit && this.focus),
      color: { color: own ? this.colours.accent : this.colours.edge, opacity, inherit: false },
      width: own ? 1.6 : Math.min(3, 0.4 + 0.5 * shared),
    };
  }

  restyle() {
    this.nodes.update(this.map.nodes.map((node) => ({ id: node.id, ...this.nodeLook(node.id) })));
    this.edges.update(this.map.edges.map((edge, id) => ({ id, ...this.edgeLook(edge) })));
  }

  drawDiscs(context) {
    for (const disc of this.map.discs) {
      const colour = this.colours.fields[groups[disc.group].field];
      const lit = this.groupLit(disc.group);
      context.beginPath();
      context.arc(disc.x, disc.y, disc.radius, 0, 2 * Math.PI);
      context.fillStyle = colour + (lit ? "14" : "08");
      context.fill();
      context.lineWidth = 1;
      context.strokeStyle = colour + (lit ? "3c" : "14");
      context.stroke();
    }
  }

  // What lies under a point: the nearest dot, else a label, else a disc.
  at({ x, y }) {
    const label = labelAt(x, y);
    const person = this.dotAt(x, y);
    if (person !== null) return address.person(person);
    if (label) return label;
    const point = this.network.DOMtoCanvas({ x, y });
    const disc = this.discAt(point);
    return disc ? address.group(disc.group) : "#";
  }

  discAt({ x, y }) {
    return this.map.discs.find((disc) => Math.hypot(disc.x - x, disc.y - y) <= disc.radius) ?? null;
  }

  dotAt(x, y) {
    const point = this.network.DOMtoCanvas({ x, y });
    const scale = this.network.getScale();
    let nearest = null;
    let least = Infinity;
    for (const node of this.map.nodes) {
      const distance = (Math.hypot(node.x - point.x, node.y - point.y) - node.size) * scale;
      if (distance < least) [least, nearest] = [distance, node.id];
    }
    return least <= 4 ? nearest : null;
  }

  hover(point) {
    const target = point ? this.at(point) : "#";
    holder.style.cursor = target === "#" ? "grab" : "pointer";
    const person = point ? this.dotAt(point.x, point.y) : null;
    const group = point ? this.discAt(this.network.DOMtoCanvas(point))?.group ?? null : null;
    if (person === this.hovered && group === this.hoveredGroup) return;
    [this.hovered, this.hoveredGroup] = [person, group];
    this.network.redraw();
  }

  bounds(discs) {
    if (discs.length === this.map.discs.length) return this.map.bounds;
    const pad = 60 / this.map.zoom;
    return [
      Math.min(...discs.map((d) => d.x - d.radius)) - pad, Math.min(...discs.map((d) => d.y - d.radius)) - pad,
      Math.max(...discs.map((d) => d.x + d.radius)) + pad, Math.max(...discs.map((d) => d.y + d.radius)) + pad,
    ];
  }

  // How much of the map's foot a sheet covers.
  covered() {
    const sheet = document.getElementById("panel");
    if (getComputedStyle(sheet).position !== "fixed" || !sheet.classList.contains("open")) return 0;
    return Math.max(0, holder.getBoundingClientRect().bottom - (innerHeight - sheet.offsetHeight));
  }

  fitScale([left, top, right, bottom]) {
    const margin = 12;
    const height = Math.max(80, holder.clientHeight - this.covered());
    return Math.min((holder.clientWidth - margin) / (right - left), (height - margin) / (bottom - top));
  }

  fit(animated, discs = this.map.discs, closest = 1.6) {
    const bounds = this.bounds(discs);
    const position = { x: (bounds[0] + bounds[2]) / 2, y: (bounds[1] + bounds[3]) / 2 };
    const scale = Math.min(closest * this.map.zoom, this.fitScale(bounds));
    this.moved = discs !== this.map.discs;
    const offset = { x: 0, y: -this.covered() / 2 };
    this.network.moveTo({ position, scale, offset, animation: animated && !calm.matches && { duration: 450 } });
  }

  zoom(factor) {
    this.moved = true;
    this.network.moveTo({ scale: this.network.getScale() * factor });
    this.keepZoom();
  }

  keepZoom() {
    this.moved = true;
    const least = 0.5 * this.fitScale(this.map.bounds);
    const scale = this.network.getScale();
    if (scale < least || scale > 8) this.network.moveTo({ scale: Math.min(8, Math.max(least, scale)) });
  }

  pan(x, y) {
    this.moved = true;
    const { x: left, y: top } = this.network.getViewPosition();
    const scale = this.network.getScale();
    this.network.moveTo({ position: { x: left + x / scale, y: top + y / scale } });
  }

  resized() {
    if (!this.network) return;
    if (this.upright !== isUpright()) return void this.show(this.source);
    this.network.setSize("100%", "100%");
    if (this.moved) this.network.redraw();
    else this.fit(false);
  }

  // Lights what a card is about and brings it into view.
  concern(kind, number, focus) {
    this.focus = focus;
    this.chosen = kind === "person" ? number : null;
    this.restyle();
    const own = kind === "group" ? number : kind === "person" ? people[number].group : null;
    const discs = this.map.discs.filter((disc) => disc.group === own);
    const lit = focus ? this.map.discs.filter((disc) => this.groupLit(disc.group)) : [];
    if (discs.length) this.fit(true, discs, 1.9);
    else if (lit.length && (lit.length < 3 || this.covered())) this.fit(true, lit, 1.9);
    else if (this.moved || kind === null) this.fit(true);
  }
}
