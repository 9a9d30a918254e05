import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";
import type { DevStoreContext } from "#dev-store/context.ts";

export interface ThemeBlock { readonly handle: string; readonly name: string; readonly target: string }
export interface ThemeExtension { readonly handle: string; readonly blocks: readonly ThemeBlock[] }

const extensionToml = z.object({ type: z.string().optional(), handle: z.string().optional(), name: z.string().optional() }).loose();
const blockSchema = z.object({ name: z.string(), target: z.string() }).loose();

/** The theme app extensions in extensions/, with what each block's schema says of it. */
export function readThemeExtensions(extensionsDir: string): ThemeExtension[] {
  if (!existsSync(extensionsDir)) return [];
  return readdirSync(extensionsDir).flatMap((folder) => {
    const tomlPath = join(extensionsDir, folder, "shopify.extension.toml");
    if (!existsSync(tomlPath)) return [];
    const toml = extensionToml.parse(parse(readFileSync(tomlPath, "utf8")));
    const blocksDir = join(extensionsDir, folder, "blocks");
    if (toml.type !== "theme" || !existsSync(blocksDir)) return [];
    const blocks = readdirSync(blocksDir).filter((file) => file.endsWith(".liquid")).map((file) => readBlock(join(extensionsDir, folder), file));
    return [{ handle: toml.handle ?? folder, blocks }];
  });
}

function readBlock(folder: string, file: string): ThemeBlock {
  const source = readFileSync(join(folder, "blocks", file), "utf8");
  const text = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/.exec(source)?.[1] ?? "";
  const schema = blockSchema.parse(JSON.parse(text));
  return { handle: basename(file, ".liquid"), target: schema.target, name: schema.name.startsWith("t:") ? translate(folder, schema.name.slice(2)) : schema.name };
}

function translate(folder: string, key: string): string {
  let value: unknown = JSON.parse(readFileSync(join(folder, "locales", "en.default.schema.json"), "utf8"));
  for (const part of key.split(".")) value = typeof value === "object" && value !== null ? Object.entries(value).find(([name]) => name === part)?.[1] : undefined;
  return typeof value === "string" ? value : key;
}

/** What `shopify.app.extensions()` answers: each block and where the published theme uses it. */
export function describeExtensions({ config, db }: DevStoreContext): object[] {
  const placed = db.prepare<[], { id: number; template: string; block: string }>("SELECT id, template, block FROM theme_blocks ORDER BY id").all();
  return readThemeExtensions(config.extensionsDir).map((extension) => ({
    handle: extension.handle,
    type: "theme_app_extension",
    activations: extension.blocks.map(({ handle, name, target }) => {
      const uses = placed.filter((row) => basename(row.block, ".liquid") === handle);
      return {
        handle, name, target, status: uses.length ? "active" : "available",
        activations: uses.map((row) => ({ target: `template--${row.template}/apps/${handle}_${row.id}`, themeId: "gid://shopify/OnlineStoreTheme/1" })),
      };
    }),
  }));
}
