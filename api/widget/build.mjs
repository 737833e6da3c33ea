// Makes the one file that is served: node build.mjs [output]. Needs esbuild, which `npm ci` brings here.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const { version } = JSON.parse(await readFile(here + "package.json", "utf8"));
const target = "es2022";
const parts = {
  name: "parts",
  setup(build) {
    build.onLoad({ filter: /texts\.json$/ }, async ({ path }) => {
      const table = Object.entries(JSON.parse(await readFile(path, "utf8")));
      const pack = (texts) => JSON.stringify(texts.join("|"));
      const columns = table[0][1].map((_, column) => pack(table.map(([, row]) => row[column])));
      return { contents: `export const names = ${pack(table.map(([name]) => name))}.split("|"), columns = [${columns}];`, loader: "js" };
    });
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim().replace(/([,:]) /g, "$1"), loader: "text" }; // custom properties keep their blanks else
    });
  },
};
const { outputFiles } = await esbuild.build({
  entryPoints: [here + "element.js"],
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "esm",
  target,
  legalComments: "none",
  banner: { js: `/* resolution-chat ${version}, Apache-2.0 */` },
  plugins: [parts],
  write: false,
});
await writeFile(process.argv[2] || `${here}../assets/widget-${version}.js`, outputFiles[0].contents);
