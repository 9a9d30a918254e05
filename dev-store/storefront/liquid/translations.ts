import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

type Tree = { readonly [key: string]: string | Tree };
export type Translate = (locale: string, key: string, values: Record<string, unknown>) => string;

/** Reads `locales/*.json` of a theme or an extension. A key that is in no locale is printed as Shopify prints it. */
export function loadTranslations(localesDir: string, suffix: ".json" | ".schema.json" = ".json"): Translate {
  const trees = new Map<string, Tree>();
  let fallback: Tree = {};
  for (const file of readdirSync(localesDir)) {
    if (suffix === ".json" ? file.endsWith(".schema.json") || !file.endsWith(".json") : !file.endsWith(suffix)) continue;
    const tree: Tree = JSON.parse(readFileSync(join(localesDir, file), "utf8"));
    const name = file.slice(0, -suffix.length);
    if (name.endsWith(".default")) fallback = tree;
    trees.set(name.replace(/\.default$/, ""), tree);
  }
  return (locale, key, values) => {
    const found = lookUp(trees.get(locale), key) ?? lookUp(trees.get(locale.split("-")[0]), key) ?? lookUp(fallback, key);
    if (found === undefined) return `Translation missing: ${locale}.${key}`;
    const words = typeof found === "string" ? found : plural(found, locale, Number(values.count));
    return words.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(values[name] ?? ""));
  };
}

function lookUp(tree: Tree | undefined, key: string): string | Tree | undefined {
  let at: string | Tree | undefined = tree;
  for (const part of key.split(".")) at = typeof at === "object" ? at[part] : undefined;
  return at;
}

function plural(forms: Tree, locale: string, count: number): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
  return typeof form === "string" ? form : "";
}
