import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Liquid, Template } from "liquidjs";
import { parse as parseToml } from "smol-toml";
import { z } from "zod";
import { createEngine } from "../liquid/engine.ts";
import { loadTranslations } from "../liquid/translations.ts";

const blockSchema = z.object({
  name: z.string(),
  target: z.enum(["section", "head", "compliance_head", "body"]),
  javascript: z.string().optional(),
  stylesheet: z.string().optional(),
  class: z.string().optional(),
  tag: z.string().optional(),
  available_if: z.string().optional(),
  enabled_on: z.object({ templates: z.array(z.string()).optional() }).optional(),
  disabled_on: z.object({ templates: z.array(z.string()).optional() }).optional(),
  settings: z.array(z.object({ type: z.string(), id: z.string().optional(), default: z.unknown().optional(), autofill: z.boolean().optional() })).default([]),
});
export type BlockSchema = z.infer<typeof blockSchema>;

export interface ExtensionBlock {
  readonly name: string;
  readonly schema: BlockSchema;
  readonly templates: Template[];
  readonly extension: ThemeExtension;
}

export interface ThemeExtension {
  readonly handle: string;
  readonly dir: string;
  readonly engine: Liquid;
  readonly assetUrl: (name: string) => string;
}

const SCHEMA = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/;
const manifest = z.object({ type: z.string(), handle: z.string().optional(), name: z.string() });

/** Reads every theme extension under `extensionsDir`, as `shopify app deploy` would have uploaded it. Blocks by file name. */
export function loadExtensions(extensionsDir: string, currency: string): Map<string, ExtensionBlock> {
  const blocks = new Map<string, ExtensionBlock>();
  if (!existsSync(extensionsDir)) return blocks;
  for (const folder of readdirSync(extensionsDir).sort()) {
    const dir = join(extensionsDir, folder);
    const file = join(dir, "shopify.extension.toml");
    if (!existsSync(file)) continue;
    const found = manifest.safeParse(parseToml(readFileSync(file, "utf8")));
    if (!found.success || found.data.type !== "theme") continue;
    const extension = openExtension(found.data.handle ?? folder, dir, currency);
    for (const name of readdirSync(join(dir, "blocks")).filter((each) => each.endsWith(".liquid")).sort()) {
      const source = readFileSync(join(dir, "blocks", name), "utf8");
      blocks.set(name.replace(/\.liquid$/, ""), { name: name.replace(/\.liquid$/, ""), schema: readBlockSchema(source, join(dir, "blocks", name)), templates: extension.engine.parse(source, name), extension });
    }
  }
  return blocks;
}

export function readBlockSchema(source: string, file: string): BlockSchema {
  const json = SCHEMA.exec(source)?.[1];
  if (json === undefined) throw new Error(`${file}: no schema`);
  const parsed = blockSchema.safeParse(JSON.parse(json));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function openExtension(handle: string, dir: string, currency: string): ThemeExtension {
  const assetUrl = (name: string) => {
    const file = join(dir, "assets", name);
    if (!existsSync(file)) throw new Error(`${handle}: no asset ${name}`);
    return `/cdn/extensions/${handle}/assets/${name}?v=${createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 10)}`;
  };
  const folders = { templates: join(dir, "blocks"), snippets: join(dir, "snippets"), layouts: join(dir, "blocks") };
  const engine = createEngine(folders, { currency, translate: loadTranslations(join(dir, "locales")), assetUrl });
  return { handle, dir, engine, assetUrl };
}
