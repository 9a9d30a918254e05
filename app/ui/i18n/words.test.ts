import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { discountInput } from "#app/core/discounts.ts";
import { plainProblems, toProblems } from "#app/server/usecases/input-problems.server.ts";

const FOLDER = "app/ui/locales";
const PLURAL = /_(zero|one|two|few|many|other)$/;

function readTexts(locale: string): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (value: unknown, path: string) => {
    if (typeof value === "string") texts.set(path, value);
    else if (typeof value === "object" && value !== null) for (const [key, part] of Object.entries(value)) walk(part, `${path}/${key}`);
  };
  for (const file of readdirSync(join(FOLDER, locale))) walk(JSON.parse(readFileSync(join(FOLDER, locale, file), "utf8")), file.replace(".json", ""));
  return texts;
}

const en = readTexts("en");
const zh = readTexts("zh-CN");
const baseKeys = (texts: Map<string, string>) => [...new Set([...texts.keys()].map((key) => key.replace(PLURAL, "")))].sort();
const variables = (text: string) => [...new Set([...text.matchAll(/\{\{(\w+)[^}]*\}\}/g)].map((match) => match[1]))].sort();

describe("texts of both languages", () => {
  it("have the same keys", () => {
    expect(baseKeys(zh)).toEqual(baseKeys(en));
  });

  it("have every plural form their language needs, and no other", () => {
    const forms = (texts: Map<string, string>, key: string) => [...texts.keys()].filter((name) => name.startsWith(`${key}_`) && PLURAL.test(name) && name.replace(PLURAL, "") === key).map((name) => PLURAL.exec(name)?.[1]).sort();
    const plurals = [...en.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, ""));
    for (const key of new Set(plurals)) expect([key, forms(en, key), forms(zh, key)]).toEqual([key, ["one", "other"], ["other"]]);
  });

  it("put in the same values", () => {
    const ofKey = (texts: Map<string, string>, key: string) => variables([texts.get(key), texts.get(`${key}_one`), texts.get(`${key}_other`)].join(" "));
    for (const key of baseKeys(en)) expect([key, ofKey(zh, key)]).toEqual([key, ofKey(en, key)]);
  });

  it("are really translated", () => {
    const same = [...zh].filter(([, text]) => /[a-z]{4}/i.test(text.replace(/\{\{[^}]*\}\}|Shopify|Tessera|RFM/g, "")) && !/[\u4e00-\u9fff]/.test(text)).map(([key]) => key);
    expect(same).toEqual([]);
  });

  it("hold no emoji and promise nothing", () => {
    for (const [key, text] of [...en, ...zh]) {
      expect([key, /\p{Extended_Pictographic}/u.test(text)]).toEqual([key, false]);
      expect([key, /boost|increase your|guarantee|skyrocket|more sales/i.test(text)]).toEqual([key, false]);
    }
  });

  it("name every sentence in which a use case or a form's check says what is wrong", () => {
    const said = failingFiles().flatMap((file) => findMessages(readFileSync(file, "utf8")));
    expect(said.length).toBeGreaterThan(25);
    expect(said.filter((sentence) => !en.has(`sentences/${sentence}`))).toEqual([]);
  });

  it("name everything that may be missing or not ready", () => {
    const things = failingFiles().flatMap((file) => [...readFileSync(file, "utf8").matchAll(/what: "([^"]+)"/g)].map((match) => match[1]));
    expect(things.length).toBeGreaterThan(5);
    expect([...new Set(things)].filter((thing) => !en.has(`failures/things/${thing}`))).toEqual([]);
  });

  it("have a sentence for whatever may be wrong with any field of a form", () => {
    const nonsense = [undefined, null, "", " ", "x".repeat(300), "?!", -1, 0, 0.5, 1e300, Number.NaN, true, [], ["order", "order"], {}, { kind: "percentage", percent: 500 }, { kind: "amount", minor: -1, currency: "pounds" }];
    const discount = {
      title: "T", segmentId: "s", value: { kind: "percentage", percent: 10 }, codeMode: "shared", code: "ABC", startsAtMs: 1, endsAtMs: null, usageLimit: null, oncePerCustomer: true, minimumMinor: null, combinesWith: [],
    };
    const forms = Object.keys(discount).flatMap((field) => nonsense.map((value) => discountInput.safeParse({ ...discount, [field]: value }, plainProblems)));
    const said = new Set(forms.flatMap((parsed) => (parsed.success ? [] : toProblems(parsed.error).map((problem) => problem.message))));
    expect(said.size).toBeGreaterThan(12);
    expect([...said].filter((sentence) => !en.has(`sentences/${sentence}`))).toEqual([]);
  });
});

/** Where failures are made that a merchant may come to read: forms, use cases, and what runs in a job and is shown afterwards. */
function failingFiles(): string[] {
  const folders = ["app/server/usecases", "app/server/delivery", "app/server/ingest"];
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".server.ts")).map((name) => join(folder, name)));
  return ["app/core/discounts.ts", "webhooks/retry-webhook.server.ts", ...files];
}

/** `message: "…"`, and the last string given to a zod check or to `problem(field, …)`. */
function findMessages(source: string): string[] {
  const found: string[] = [];
  const checks = new Set(["number", "int", "min", "max", "positive", "regex", "refine", "problem", "string"]);
  const visit = (node: ts.Node) => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === "message" && ts.isStringLiteral(node.initializer)) found.push(node.initializer.text);
    if (ts.isCallExpression(node)) {
      const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText();
      const last = node.arguments.at(-1);
      if (checks.has(name) && last && ts.isStringLiteral(last)) found.push(last.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("file.ts", source, ts.ScriptTarget.Latest, true));
  return found;
}

describe("pages", () => {
  const folders = ["app/ui", "app/routes"];
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tsx") && !name.endsWith(".test.tsx")).map((name) => join(folder, name))).concat("app/root.tsx");
  const spoken = new Set(["label", "title", "placeholder", "helpText", "content", "text", "alt", "summary", "accessibilityLabel", "aria-label", "suffix", "prefix", "subtitle"]);

  it("print no text of their own", () => {
    const literals = files.flatMap((file) => {
      const found: string[] = [];
      const visit = (node: ts.Node) => {
        if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(`${file}: ${node.text.trim()}`);
        // The viewport of <meta> is no text.
        if (ts.isJsxAttribute(node) && node.parent.parent.tagName.getText() !== "meta" && spoken.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer) && /\p{L}/u.test(node.initializer.text)) found.push(`${file}: ${node.getText()}`);
        if (ts.isJsxExpression(node) && node.expression && ts.isStringLiteral(node.expression) && ts.isJsxElement(node.parent) && /\p{L}/u.test(node.expression.text)) found.push(`${file}: ${node.getText()}`);
        ts.forEachChild(node, visit);
      };
      visit(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
      return found;
    });
    expect(files.length).toBeGreaterThan(30);
    expect(literals).toEqual([]);
  });
});
