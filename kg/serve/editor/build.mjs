// Bundles the query page's script and style into ../static, with the licences of what is bundled.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const result = await build({
  entryPoints: { editor: "src/editor.ts" },
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  loader: { ".svg": "dataurl", ".png": "dataurl" },
  metafile: true,
  outdir: "../static",
});

/** The folder of the package that a bundled file belongs to. */
function packageOf(file) {
  const parts = file.split("/");
  const start = parts.lastIndexOf("node_modules");
  if (start < 0) return null;
  const scoped = parts[start + 1].startsWith("@");
  return parts.slice(0, start + (scoped ? 3 : 2)).join("/");
}

/** What a package says of its licence: the file where it has one, else the field of its manifest. */
function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
  return `${name} ${version} (${typeof license === "string" ? license : license?.type})\n\n${text}`.trim();
}

/** A package and everything that it depends on, since a published bundle holds its dependencies. */
function withDependencies(folder, found) {
  if (found.has(folder)) return;
  found.add(folder);
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) {
    for (let place = folder; place !== "."; place = dirname(place)) {
      const nested = join(place, "node_modules", name);
      const beside = join("node_modules", name);
      const there = [nested, beside].find((path) => {
        try {
          return readFileSync(join(path, "package.json"));
        } catch {
          return false;
        }
      });
      if (there) {
        withDependencies(there, found);
        break;
      }
    }
  }
}

const packages = new Set();
for (const file of Object.keys(result.metafile.inputs)) {
  const folder = packageOf(file);
  if (folder) withDependencies(folder, packages);
}
const licences = [...packages].sort().map(licenceOf);
writeFileSync("../static/editor.licences.txt", licences.join(`\n\n${"-".repeat(80)}\n\n`) + "\n");
