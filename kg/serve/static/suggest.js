// Suggestions under the search box: the combobox pattern of the ARIA Authoring Practices Guide,
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. Without this script the box is a plain form.
(() => {
  "use strict";
  const PAUSE = 120; // milliseconds without a key before the server is asked

  const element = (name, attributes, text) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const attach = (input, number) => {
    if (input.getAttribute("role") === "combobox") return;
    const id = `suggestions-${number}`;
    const list = element("ul", { id, class: "suggestions", role: "listbox", "aria-label": "Suggestions" });
    const status = element("span", { class: "hidden", role: "status" });
    let timer = 0, asked = null, active = -1;
    list.hidden = true;
    for (const [key, value] of Object.entries({
      role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-haspopup": "listbox",
      "aria-expanded": "false", "aria-controls": id,
    })) input.setAttribute(key, value);
    const holder = input.closest("p") || input.form;
    holder.classList.add("suggesting");
    holder.append(list, status);

    const close = () => {
      clearTimeout(timer);
      if (asked) asked.abort();
      list.hidden = true;
      mark(-1);
      input.setAttribute("aria-expanded", "false");
    };

    const mark = (place) => {
      const options = [...list.children];
      options.forEach((option, i) => option.setAttribute("aria-selected", String(i === place)));
      active = place;
      if (place < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", options[place].id);
      options[place].scrollIntoView({ block: "nearest" });
    };

    const show = (results) => {
      list.replaceChildren(...results.map((result, i) => {
        const option = element("li", { id: `${id}-${i}`, role: "option", "aria-selected": "false" });
        const other = result.matched === result.label ? "" : ` (${result.matched})`;
        option.append(element("span", { class: "what" }, result.label + other), " ",
          element("span", { class: "unit" }, result.description));
        option.dataset.path = result.path;
        return option;
      }));
      list.hidden = results.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      mark(-1);
      status.textContent = results.length === 1 ? "1 suggestion" : `${results.length || "no"} suggestions`;
    };

    const ask = async () => {
      const text = input.value.trim();
      if (!text) return close();
      if (asked) asked.abort();
      const mine = asked = new AbortController();
      const query = new URLSearchParams({ q: text });
      const kind = input.form.elements.namedItem("kind");
      if (kind && kind.value) query.set("kind", kind.value);
      try {
        const answer = await fetch(`/api/suggest?${query}`, { signal: mine.signal });
        if (answer.ok && mine === asked && document.activeElement === input) show((await answer.json()).results);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };

    const go = (option) => { window.location.assign(option.dataset.path); };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    input.addEventListener("keydown", (event) => {
      const many = list.hidden ? 0 : list.children.length;
      if (event.isComposing) return;
      if (event.key === "Escape" && many) {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        go(list.children[active]);
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!many) return void ask();
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark(active < 0 && step < 0 ? many - 1 : (active + 1 + step + many + 1) % (many + 1) - 1);
      }
    });
    input.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) go(option);
    });
  };

  document.querySelectorAll("input[type=search][name=q]").forEach(attach);
})();
