// The query page: YASGUI on this server's endpoint, with the graph's own prefixes and terms, and a chart.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import { ChartPlugin } from "./chart";
import "./editor.css";

/** What the server writes into the page: names and IRIs only, never markup. */
interface Terms {
  readonly endpoint: string;
  readonly base: string;
  readonly prefixes: Readonly<Record<string, string>>;
  readonly classes: readonly string[];
  readonly properties: readonly string[];
  readonly query: string;
  readonly run: boolean;
}

function terms(): Terms {
  const block = document.getElementById("terms");
  return JSON.parse(block?.textContent ?? "{}") as Terms;
}

/** Completion of classes and properties from the graph's terms instead of from a service elsewhere. */
function completeFrom(known: Terms): void {
  const lists: Record<string, readonly string[]> = { class: known.classes, property: known.properties };
  for (const [name, list] of Object.entries(lists)) {
    const usual = Yasgui.Yasqe.Autocompleters[name];
    if (!usual) continue;
    Yasgui.Yasqe.registerAutocompleter({ ...usual, bulk: true, get: async () => [...list] });
  }
  const prefixes = Yasgui.Yasqe.Autocompleters["prefixes"];
  if (prefixes) {
    const list = Object.entries(known.prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`);
    Yasgui.Yasqe.registerAutocompleter({ ...prefixes, bulk: true, get: async () => list });
  }
}

function start(root: HTMLElement): Yasgui {
  const known = terms();
  completeFrom(known);
  Yasgui.Yasr.registerPlugin("chart", ChartPlugin as never);
  return new Yasgui(root, {
    requestConfig: { endpoint: new URL(known.endpoint, location.href).href, method: "POST" },
    copyEndpointOnNewTab: true,
    populateFromUrl: false,
    persistenceId: null,
    endpointCatalogueOptions: { getData: () => [] },
    yasqe: {
      value: known.query,
      prefixCcApi: null,
      screenReaderLabel: "Query in SPARQL",
      autocompleters: ["prefixes", "variables", "class", "property"],
      createShareableLink: (yasqe: { getValue(): string }) => `${location.pathname}?query=${encodeURIComponent(yasqe.getValue())}`,
    },
    yasr: {
      prefixes: { ...known.prefixes },
      pluginOrder: ["table", "chart", "response", "boolean", "error"],
      defaultPlugin: "table",
    },
  } as never);
}

/** Links to the graph's things lead to their pages here, wherever their IRIs live. */
function linkHere(root: HTMLElement, base: string): void {
  root.addEventListener(
    "click",
    (event) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      if (link?.href.startsWith(base)) link.href = `/id/${link.href.slice(base.length)}`;
    },
    true,
  );
}

/** Names for what YASGUI leaves without, and the keyboard where it bars it. */
function makeAccessible(root: HTMLElement): void {
  const name = (): void => {
    root.querySelector(".tableSizer")?.setAttribute("aria-label", "Rows a page");
    root.querySelector(".tableFilter")?.setAttribute("aria-label", "Filter the rows");
    root.querySelector(".CodeMirror-scroll")?.setAttribute("tabindex", "0");
  };
  name();
  new MutationObserver(name).observe(root, { childList: true, subtree: true });
}

const root = document.getElementById("editor");
if (root) {
  const yasgui = start(root);
  linkHere(root, terms().base);
  makeAccessible(root);
  const tab = yasgui.getTab();
  if (tab && terms().query) tab.setQuery(terms().query);
  if (tab && terms().run) void tab.query();
}
