import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";
import { findRow } from "#dev-store/db/load-rows.ts";
import type { Api, FieldTable, UserError } from "../field-types.ts";
import { addFields, textArg, userError } from "../field-types.ts";

const field = z.object({ type: z.string(), key: z.string().optional() });
const trigger = z.object({ type: z.string(), handle: z.string().optional(), settings: z.object({ fields: z.union([z.array(field), z.record(z.string(), z.unknown())]).optional() }).optional() }).loose();
const toml = z.object({ extensions: z.array(trigger).optional() }).loose();

/** Payload keys of a trigger that the app's extensions declare; null when there is no such trigger. */
function triggerKeys(extensionsDir: string, handle: string): string[] | null {
  if (!existsSync(extensionsDir)) return null;
  for (const name of readdirSync(extensionsDir)) {
    const path = join(extensionsDir, name, "shopify.extension.toml");
    if (!existsSync(path)) continue;
    const found = toml.parse(parse(readFileSync(path, "utf8"))).extensions?.find((extension) => extension.type === "flow_trigger" && extension.handle === handle);
    const fields = found?.settings?.fields;
    if (found) return Array.isArray(fields) ? fields.map(({ type, key }) => key ?? type.replace(/_reference$/, "_id")) : [];
  }
  return null;
}

const refused = (name: string, message: string): { userErrors: readonly UserError[] } => ({ userErrors: [userError([name], message)] });

/** What Flow was told is kept, as its run history would show it. */
function receive(handle: string, payload: unknown, api: Api): { userErrors: readonly UserError[] } {
  const keys = triggerKeys(api.store.config.extensionsDir, handle);
  if (keys === null) return refused("handle", `Invalid handle '${handle}'.`);
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return refused("payload", "Payload must be an object.");
  if (JSON.stringify(payload).length > 50_000) return refused("payload", "Payload size exceeds 50 KB.");
  const given = new Map<string, unknown>(Object.entries(payload));
  const unknown = [...given.keys()].filter((key) => !keys.includes(key));
  const absent = keys.filter((key) => !given.has(key));
  if (unknown.length + absent.length > 0) return refused("payload", `Properties do not match the trigger's: ${[...unknown.map((key) => `${key} is unknown`), ...absent.map((key) => `${key} is missing`)].join(", ")}`);
  const customerId = Number(given.get("customer_id") ?? 0);
  if (keys.includes("customer_id") && !findRow(api.db, "customers", customerId)) return refused("payload", `Customer ${customerId} does not exist.`);
  api.db.prepare("INSERT INTO flow_triggers (at, handle, payload) VALUES (?, ?, ?)").run(api.store.clock.nowMs(), handle, JSON.stringify(payload));
  return { userErrors: [] };
}

export function addFlowFields(table: FieldTable): void {
  addFields<unknown>(table, "Mutation", {
    flowTriggerReceive: (_, args, api) => receive(textArg(args, "handle") ?? "", args["payload"], api),
  });
}
