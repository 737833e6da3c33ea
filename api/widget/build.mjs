// Makes the one file that is served: node build.mjs [output]. Needs esbuild, which `npm ci` brings here.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const { version } = JSON.parse(await readFile(here + "package.json", "utf8"));
const target = "es2022";
const styles = {
  name: "styles",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
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
  plugins: [styles],
  write: false,
});
await writeFile(process.argv[2] || `${here}../assets/widget-${version}.js`, outputFiles[0].contents);
