// Elements, made from text only: titles and names come from strangers and never become markup.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

const isWebAddress = (url) => /^https?:\/\//i.test(url ?? "");

function outward(url, text) {
  if (!isWebAddress(url)) return document.createTextNode(text);
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer", class: "outward" }, text);
}

function section(title, ...children) {
  return children.flat().some(Boolean) ? element("section", {}, element("h3", {}, title), ...children) : null;
}

// A list that shows its first entries and a button for the rest.
function longList(name, entries, make) {
  if (!entries.length) return null;
  const first = entries.length <= data.limits.list + 2 ? entries.length : data.limits.list;
  const list = element("ul", { class: name }, entries.slice(0, first).map((entry) => element("li", {}, make(entry))));
  if (first === entries.length) return list;
  const more = element("button", { type: "button", class: "more" }, `Show all ${entries.length.toLocaleString("en")}`);
  more.addEventListener("click", () => {
    const rest = entries.slice(first).map((entry) => element("li", {}, make(entry)));
    list.append(...rest);
    more.remove();
    rest[0].querySelector("a, button")?.focus();
  });
  return [list, more];
}

const swatch = (field) => element("i", { class: "swatch", "data-field": field, "aria-hidden": "true" });
const tally = (count) => element("span", { class: "tally" }, String(count));
