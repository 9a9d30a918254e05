// Set-up step: the real Admin schema, from the one npm package that ships it. As a dependency that package would pull
// 366 MB, so only its tarball is fetched, pinned by integrity. Skipped when the schema is already there.
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import pacote from "pacote";

const SPEC = "@shopify/dev-mcp@1.16.0";
const INTEGRITY = "sha512-tqgRnK7sQhjew+htxtleTH23nXB5fZcsrhWgEkomsorGXvLOB2mh2upwZm8uzuTDNTZnqtLMe64yIwh6s2awtw==";
const VERSIONS = ["2026-07"];

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".cache", "admin-schema");
const target = (version) => join(folder, `admin_${version}.json`);
const exists = (path) => stat(path).then((found) => found.size > 0, () => false);

if ((await Promise.all(VERSIONS.map((version) => exists(target(version))))).every(Boolean)) {
  console.log("admin schema: present");
} else {
  const unpacked = join(folder, "package");
  await mkdir(folder, { recursive: true });
  await pacote.extract(SPEC, unpacked, { integrity: INTEGRITY, cache: join(folder, "npm-cache"), timeout: 120_000 });
  for (const version of VERSIONS) {
    const text = gunzipSync(await readFile(join(unpacked, "dist", "data", `admin_${version}.json.gz`))).toString("utf8");
    if (!JSON.parse(text).data?.__schema) throw new Error(`${SPEC}: admin_${version}.json.gz holds no introspection`);
    // Renamed into place, so that an interrupted set-up never leaves half a file behind.
    await writeFile(`${target(version)}.part`, text);
    await rename(`${target(version)}.part`, target(version));
  }
  console.log(`admin schema: ${VERSIONS.join(", ")} written to .cache/admin-schema`);
}
