import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gid, readGidOf } from "#dev-store/gid.ts";
import { parse } from "smol-toml";
import { z } from "zod";
import type { Api, FieldTable, UserError } from "../field-types.ts";
import { addFields, inputArg, textArg, userError } from "../field-types.ts";

/** A pixel's settings are a table by name; extensions of other kinds have lists, which are not looked at here. */
const fields = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]).optional();
const pixelToml = z.object({
  extensions: z.array(z.object({ type: z.string(), settings: z.object({ fields }).optional() }).loose()).optional(),
  type: z.string().optional(),
  settings: z.object({ fields }).loose().optional(),
}).loose();

/** Setting names that the app's web pixel extension declares; null when the app has none. */
function pixelFields(extensionsDir: string): string[] | null {
  if (!existsSync(extensionsDir)) return null;
  for (const name of readdirSync(extensionsDir)) {
    const path = join(extensionsDir, name, "shopify.extension.toml");
    if (!existsSync(path)) continue;
    const toml = pixelToml.parse(parse(readFileSync(path, "utf8")));
    const pixel = [toml, ...(toml.extensions ?? [])].find((extension) => extension.type === "web_pixel_extension");
    if (pixel) return Object.keys(pixel.settings?.fields ?? toml.settings?.fields ?? {});
  }
  return null;
}

interface PixelRow { readonly id: number; readonly settings: string }

const source = (row: PixelRow) => ({ __typename: "WebPixel", id: gid("WebPixel", row.id), settings: row.settings });
const current = (api: Api) => api.db.prepare<[], PixelRow>("SELECT * FROM web_pixels ORDER BY id LIMIT 1").get() ?? null;

type Payload = { readonly webPixel: unknown; readonly userErrors: readonly UserError[] };
const refused = (message: string, code: string): Payload => ({ webPixel: null, userErrors: [userError(["webPixel", "settings"], message, code)] });

/** The settings as stored, or the refusal. */
function readSettings(value: unknown, api: Api): string | Payload {
  const fields = pixelFields(api.store.config.extensionsDir);
  if (fields === null) return refused("No extension found", "NO_EXTENSION");
  let settings: unknown;
  try {
    settings = typeof value === "string" ? JSON.parse(value) : value;
  } catch {
    return refused("Settings must be valid JSON", "INVALID_CONFIGURATION_JSON");
  }
  if (typeof settings !== "object" || settings === null) return refused("Settings must be an object", "INVALID_SETTINGS");
  const unknown = Object.keys(settings).filter((key) => !fields.includes(key));
  const absent = fields.filter((key) => !(key in settings));
  if (unknown.length || absent.length) return refused(`Settings do not match the extension's: ${[...unknown.map((key) => `${key} is unknown`), ...absent.map((key) => `${key} is missing`)].join(", ")}`, "INVALID_SETTINGS");
  return JSON.stringify(settings);
}

export function addPixelFields(table: FieldTable): void {
  addFields<unknown>(table, "QueryRoot", {
    webPixel: (_, args, api) => {
      const row = current(api);
      const id = textArg(args, "id");
      if (!row || (id !== null && readGidOf("WebPixel", id) !== row.id)) {
        // Shopify answers an app without a pixel with an error, not with null alone.
        throw Object.assign(new Error("No web pixel was found for this app."), { extensions: { code: "RESOURCE_NOT_FOUND" } });
      }
      return source(row);
    },
  });
  addFields<unknown>(table, "Mutation", {
    webPixelCreate: (_, args, api): Payload => {
      if (current(api)) return refused("Web pixel is taken.", "TAKEN");
      const settings = readSettings(inputArg(args, "webPixel")["settings"], api);
      if (typeof settings !== "string") return settings;
      const { lastInsertRowid } = api.db.prepare("INSERT INTO web_pixels (settings) VALUES (?)").run(settings);
      return { webPixel: source({ id: Number(lastInsertRowid), settings }), userErrors: [] };
    },
    webPixelUpdate: (_, args, api): Payload => {
      const row = current(api);
      if (!row || readGidOf("WebPixel", textArg(args, "id") ?? "") !== row.id) return { webPixel: null, userErrors: [userError(["id"], "Web pixel not found", "NOT_FOUND")] };
      const settings = readSettings(inputArg(args, "webPixel")["settings"], api);
      if (typeof settings !== "string") return settings;
      api.db.prepare("UPDATE web_pixels SET settings = ? WHERE id = ?").run(settings, row.id);
      return { webPixel: source({ ...row, settings }), userErrors: [] };
    },
    webPixelDelete: (_, args, api) => {
      const removed = api.db.prepare("DELETE FROM web_pixels WHERE id = ?").run(readGidOf("WebPixel", textArg(args, "id") ?? "")).changes;
      return removed ? { deletedWebPixelId: textArg(args, "id"), userErrors: [] } : { deletedWebPixelId: null, userErrors: [userError(["id"], "Web pixel not found", "NOT_FOUND")] };
    },
  });
}
