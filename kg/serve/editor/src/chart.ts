// Results as a chart: bars over names, a line over years; the first column of numbers gives the lengths.
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

const MOST_BARS = 50;
const NUMBER = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;
const YEAR = /#gYear$/;

interface Term {
  readonly type: string;
  readonly value: string;
  readonly datatype?: string;
}
type Row = Readonly<Record<string, Term | undefined>>;
interface Results {
  getVariables(): string[];
  getBindings(): Row[] | undefined;
}
interface Shown {
  readonly results?: Results;
  readonly resultsEl: HTMLElement;
}

/** What a chart is drawn of. */
export interface Series {
  readonly label: string;
  readonly overTime: boolean;
  readonly points: readonly { readonly name: string; readonly value: number }[];
}

function columnWhere(rows: readonly Row[], variables: readonly string[], test: (term: Term) => boolean) {
  return variables.find((name) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || test(row[name])));
}

/** The series that results hold: a column of numbers over the years, or over the first other column. */
export function seriesOf(variables: readonly string[], rows: readonly Row[]): Series | null {
  const year = columnWhere(rows, variables, (term) => YEAR.test(term.datatype ?? ""));
  const value = columnWhere(rows, variables, (term) => NUMBER.test(term.datatype ?? ""));
  const name = year ?? columnWhere(rows, variables, (term) => term.type === "literal" && !NUMBER.test(term.datatype ?? ""));
  if (!value || !name) return null;
  const points = rows
    .filter((row) => row[name] && row[value])
    .map((row) => ({ name: row[name]!.value, value: Number(row[value]!.value) }));
  if (year) points.sort((a, b) => a.name.localeCompare(b.name));
  return { label: value, overTime: year !== undefined, points: year ? points : points.slice(0, MOST_BARS) };
}

/** A plugin of YASR. */
export class ChartPlugin {
  priority = 5;
  label = "Chart";
  private chart: Chart | null = null;

  constructor(private readonly yasr: Shown) {}

  private series(): Series | null {
    const results = this.yasr.results;
    return results ? seriesOf(results.getVariables(), results.getBindings() ?? []) : null;
  }

  canHandleResults(): boolean {
    return this.series() !== null;
  }

  draw(): void {
    const series = this.series();
    if (!series) return;
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `Chart of ${series.label}; the table holds the same numbers`);
    const box = document.createElement("div");
    box.className = "chart";
    box.style.height = series.overTime ? "24rem" : `${4 + 1.6 * series.points.length}rem`;
    box.append(canvas);
    this.yasr.resultsEl.replaceChildren(box);
    this.chart?.destroy();
    const ink = getComputedStyle(document.body).color;
    this.chart = new Chart(canvas, {
      type: series.overTime ? "line" : "bar",
      data: {
        labels: series.points.map((point) => point.name),
        datasets: [{ label: series.label, data: series.points.map((point) => point.value), backgroundColor: "#3b6ea5", borderColor: "#3b6ea5" }],
      },
      options: {
        indexAxis: series.overTime ? "x" : "y",
        animation: false,
        maintainAspectRatio: false,
        scales: { x: { ticks: { color: ink }, beginAtZero: true }, y: { ticks: { color: ink, autoSkip: false } } },
      },
    });
  }

  getIcon(): Element {
    const icon = document.createElement("span");
    icon.textContent = "▤";
    icon.setAttribute("aria-hidden", "true");
    return icon;
  }

  destroy(): void {
    this.chart?.destroy();
    this.chart = null;
  }
}
