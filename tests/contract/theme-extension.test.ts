import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import Ajv from "ajv";
import { parse as parseToml } from "smol-toml";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBlockSchema } from "#dev-store/storefront/extension/load-extensions.ts";

const DIR = "extensions/tessera-blocks";
const DOCS = "node_modules/@shopify/theme-check-docs-updater/data";

const filesOf = (folder: string) => readdirSync(join(DIR, folder)).map((name) => join(DIR, folder, name));
const blocks = filesOf("blocks").map((file) => ({ file, source: readFileSync(file, "utf8") }));
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** "a.b" for every text below an object. */
function keysOf(tree: unknown, prefix = ""): string[] {
  return typeof tree === "object" && tree !== null ? Object.entries(tree).flatMap(([key, value]) => keysOf(value, prefix ? `${prefix}.${key}` : key)) : [prefix];
}

function textAt(tree: unknown, key: string): unknown {
  return key.split(".").reduce<unknown>((at, part) => (typeof at === "object" && at !== null ? Object.entries(at).find(([name]) => name === part)?.[1] : undefined), tree);
}

describe("Shopify's theme check", () => {
  const scratch = mkdtempSync(join(tmpdir(), "tessera-theme-check-"));
  beforeAll(() => {
    // Its own copy of the documentation: without it the checker would ask the network for a newer one.
    for (const folder of ["data", "schemas"]) cpSync(DOCS, join(scratch, "docs", folder), { recursive: true });
    mkdirSync(join(scratch, "cache"));
    process.env.SHOPIFY_TLD_ROOT = join(scratch, "docs");
    process.env.XDG_CACHE_HOME = join(scratch, "cache");
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  const check = async (dir: string) => {
    const { themeCheckRun } = await import("@shopify/theme-check-node");
    const { offenses } = await themeCheckRun(dir);
    return offenses.map((offense) => `${offense.uri.split("/").at(-1)}: ${offense.check}: ${offense.message}`);
  };

  it("finds nothing in the extension", async () => {
    expect(await check(DIR)).toEqual([]);
  });

  it("finds a planted fault, so the check above can fail", async () => {
    const copy = join(scratch, "broken");
    cpSync(DIR, copy, { recursive: true });
    const { appendFileSync } = await import("node:fs");
    appendFileSync(join(copy, "blocks/also-like.liquid"), "{{ 'no.such.key' | t }}{{ nothing_known }}");
    const found = (await check(copy)).join("\n");
    expect(found).toContain("TranslationKeyExists");
    expect(found).toContain("UndefinedObject");
  });
});

describe("what theme check misses", () => {
  const ajv = new Ajv({ strict: false });
  const compiled = ajv.compile(readJson(join(DOCS, "setting.json")) as object);
  const validateSetting = (setting: unknown): boolean => compiled(setting);
  const settingOf = (source: string): Record<string, unknown>[] => JSON.parse(/\{% schema %\}([\s\S]*)\{% endschema %\}/.exec(source)?.[1] ?? "").settings;

  it("is a theme extension", () => {
    expect(parseToml(readFileSync(join(DIR, "shopify.extension.toml"), "utf8"))).toMatchObject({ type: "theme", handle: "tessera-blocks" });
  });

  it.each(blocks)("$file has a schema that Shopify would take", ({ file, source }) => {
    const schema = readBlockSchema(source, file);
    expect(["section", "head", "compliance_head", "body"]).toContain(schema.target);
    expect(schema.enabled_on && schema.disabled_on, "enabled_on or disabled_on, not both").toBeUndefined();
    for (const asset of [schema.javascript, schema.stylesheet]) if (asset) expect(statSync(join(DIR, "assets", asset)).isFile()).toBe(true);
    const settings = settingOf(source);
    // `autofill` belongs to blocks only and is not in the published schema of settings.
    const problems = settings.flatMap(({ autofill: _autofill, ...setting }) => (validateSetting(setting) ? [] : [`${String(setting.id)}: ${ajv.errorsText(compiled.errors)}`]));
    expect(problems).toEqual([]);
    const ids = settings.flatMap((setting) => setting.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("refuses a schema with a wrong target, a wrong setting type or a trailing comma", () => {
    const wrap = (json: string) => `{% schema %}${json}{% endschema %}`;
    expect(() => readBlockSchema(wrap(`{"name":"x","target":"footer"}`), "x")).toThrow(/target/);
    expect(() => readBlockSchema(wrap(`{"name":"x","target":"section",}`), "x")).toThrow();
    expect(validateSetting({ type: "toggle", id: "a", label: "b" })).toBe(false);
    expect(validateSetting({ type: "range", id: "a", label: "b", min: 1, max: 3, step: 1, default: "3" })).toBe(false);
  });

  it.each(["en.default.schema.json", "zh-CN.schema.json"])("%s names every block in fewer than 25 characters and has every text of the schemas", (name) => {
    const words = readJson(join(DIR, "locales", name));
    for (const { file, source } of blocks) {
      const used = [...source.matchAll(/"t:([\w.]+)"/g)].map((match) => match[1]);
      expect(used.length).toBeGreaterThan(5);
      for (const key of used) expect(textAt(words, key), `${file}: ${key}`).toBeTypeOf("string");
      const title = textAt(words, readBlockSchema(source, file).name.replace(/^t:/, ""));
      expect(String(title).length, String(title)).toBeLessThan(25);
    }
  });

  it("has the same keys in English and Chinese, and no text that is not used", () => {
    for (const suffix of [".json", ".schema.json"]) {
      expect(keysOf(readJson(join(DIR, "locales", `zh-CN${suffix}`))).sort()).toEqual(keysOf(readJson(join(DIR, "locales", `en.default${suffix}`))).sort());
    }
    const liquid = [...blocks.map((block) => block.source), ...filesOf("snippets").map((file) => readFileSync(file, "utf8"))].join("\n");
    const unused = keysOf(readJson(join(DIR, "locales/en.default.json"))).map((key) => key.replace(/\.(one|other)$/, "")).filter((key) => !liquid.includes(`'${key}'`));
    expect(unused).toEqual([]);
  });

  it("keeps Shopify's limits", () => {
    const sizes = (files: string[]) => files.map((file) => statSync(file).size);
    const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);
    expect(blocks.length).toBeLessThanOrEqual(30);
    expect(sum(sizes([...filesOf("blocks"), ...filesOf("snippets")]))).toBeLessThanOrEqual(100_000);
    for (const size of sizes(filesOf("locales"))) expect(size).toBeLessThanOrEqual(15_000);
    const allowed: Record<string, string[]> = { assets: [".jpg", ".jpeg", ".json", ".js", ".css", ".png", ".svg", ".wasm"], blocks: [".liquid"], snippets: [".liquid"], locales: [".json"] };
    for (const [folder, types] of Object.entries(allowed)) for (const file of filesOf(folder)) expect(types, file).toContain(extname(file));
    const folders = readdirSync(DIR, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect(folders.sort()).toEqual(["assets", "blocks", "locales", "snippets"]);
  });

  it("asks a visitor for at most 8 KB of JavaScript, compressed", () => {
    const compressed = filesOf("assets").filter((file) => file.endsWith(".js")).map((file) => gzipSync(readFileSync(file)).length);
    expect(compressed.reduce((total, each) => total + each, 0)).toBeLessThanOrEqual(8 * 1024);
  });
});
