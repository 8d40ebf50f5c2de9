// The page: the address says what is shown, so that back, forward and links to a card work.

const view = new MapView();
const panel = document.getElementById("panel");
const handle = document.getElementById("handle");
const otherMap = document.getElementById("other-map");

const mapOf = (group) => maps.find((map) => map.discs.some((disc) => disc.group === group));

function current() {
  let wanted = location.hash.slice(1);
  try {
    wanted = decodeURIComponent(wanted);
  } catch {
    wanted = "";
  }
  return { name: wanted, route: routes.get(wanted) ?? null };
}

function useMap(map) {
  if (!map || view.source === map) return;
  view.show(map);
  legend();
  const other = maps.find((candidate) => candidate !== map);
  otherMap.hidden = !other;
  if (!other) return;
  const teams = other.id === "teams";
  otherMap.href = teams ? "#teams" : "#";
  otherMap.textContent = teams
    ? `Show the ${some(other.groups, "one-paper team", "one-paper teams")}`
    : `Back to the ${some(other.groups, "group", "groups")}`;
}

function fittingMap(name, route) {
  if (name === "teams") return maps.find((map) => map.id === "teams");
  if (!route) return maps[0];
  if (route.kind === "person") return mapOf(people[route.number].group);
  if (route.kind === "group") return mapOf(route.number);
  if (route.kind === "paper") return mapOf(people[papers[route.number].authors[0]]?.group);
  return maps[0];
}

function navigate(opening = false) {
  const { name, route } = current();
  if (name === "panel") return;
  const shown = route ? CARDS[route.kind](route.number) : homeCard();
  useMap(fittingMap(name, route));
  showCard(shown);
  openSheet(Boolean(route));
  view.network && view.concern(route?.kind ?? null, route?.number ?? null, shown.focus);
  if (!opening && route) panel.querySelector("h2").focus({ preventScroll: true });
}

function go(href) {
  if (href === "#" && view.source?.id === "teams") location.hash = "#teams";
  else location.hash = href;
}

// On a phone the panel is a sheet at the bottom, which opens for a card.
function openSheet(open) {
  panel.classList.toggle("open", open);
  handle.setAttribute("aria-expanded", String(open));
}

function legend() {
  const size = data.fields.map(() => 0);
  for (const node of view.source.nodes) size[fieldOf(node.id)] += 1;
  const buttons = data.fields.map((name, field) => {
    if (!size[field]) return null;
    const button = element("button", { type: "button", "aria-pressed": String(view.pressed.has(field)) }, swatch(field), name);
    button.addEventListener("click", () => {
      if (!view.pressed.delete(field)) view.pressed.add(field);
      button.setAttribute("aria-pressed", String(view.pressed.has(field)));
      view.restyle();
      view.network.redraw();
    });
    return button;
  });
  document.getElementById("legend").replaceChildren(...buttons.filter(Boolean));
}

function mapKeys(event) {
  const step = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key];
  if (step) view.pan(...step);
  else if (event.key === "+" || event.key === "=") view.zoom(1.3);
  else if (event.key === "-") view.zoom(1 / 1.3);
  else if (event.key === "0") view.fit(true);
  else return;
  event.preventDefault();
}

function pageKeys(event) {
  const typing = event.target.closest("input");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    document.getElementById("search").focus();
  } else if (event.key === "Escape") go("#");
}

function listen() {
  view.onpick = go;
  holder.addEventListener("keydown", mapKeys);
  let waiting = false;
  holder.addEventListener("pointermove", (event) => {
    if (waiting || event.pointerType === "touch") return;
    waiting = true;
    const frame = holder.getBoundingClientRect();
    const point = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    requestAnimationFrame(() => {
      waiting = false;
      view.hover(point);
    });
  });
  holder.addEventListener("pointerleave", () => view.hover(null));
  document.getElementById("zoom-in").addEventListener("click", () => view.zoom(1.4));
  document.getElementById("zoom-out").addEventListener("click", () => view.zoom(1 / 1.4));
  document.getElementById("zoom-all").addEventListener("click", () => view.fit(true));
  new ResizeObserver(() => view.resized()).observe(holder);
  theme.addEventListener("change", () => {
    view.colours = palette();
    view.restyle();
  });
}

function start() {
  new Search(go);
  handle.addEventListener("click", () => openSheet(!panel.classList.contains("open")));
  addEventListener("hashchange", () => navigate());
  addEventListener("keydown", pageKeys);
  if (maps.length) {
    listen();
  } else {
    const empty = document.getElementById("empty");
    empty.hidden = false;
    empty.textContent = papers.length ? "These papers name no authors." : "No papers were read.";
    document.querySelector(".zoom").hidden = true;
  }
  navigate(true);
  document.documentElement.dataset.ready = "true";
}

start();
