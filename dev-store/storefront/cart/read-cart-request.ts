import { z } from "zod";
import type { Fields } from "../http/read-body.ts";
import type { CartLine } from "./cart-store.ts";

const quantity = z.coerce.number().int().min(0).max(1_000_000);
const properties = z.record(z.string(), z.coerce.string()).catch({});
// "19:ab12" is a line's key; its variant comes first.
const variantId = z.union([z.number(), z.string()]).transform((id) => Number(String(id).split(":")[0])).pipe(z.number().int().positive());
const item = z.object({ id: variantId, quantity: quantity.default(1), properties: properties.default({}) });
type Item = z.infer<typeof item>;

const toLine = ({ id, quantity: pieces, properties: words }: Item): CartLine => ({ variantId: id, quantity: pieces, properties: Object.fromEntries(Object.entries(words).filter(([, word]) => word !== "")) });

/** Lines to add: `items` in a list, by index, or one `id`. Null when the call names none that can be read. */
export function readLinesToAdd(fields: Fields): { lines: CartLine[]; isList: boolean } | null {
  if (fields.items !== undefined) {
    const items = Array.isArray(fields.items) ? fields.items : Object.values(fields.items ?? {});
    const parsed = z.array(item).safeParse(items);
    return parsed.success ? { lines: parsed.data.map(toLine).filter((line) => line.quantity > 0), isList: true } : null;
  }
  const parsed = item.safeParse(fields);
  return parsed.success && parsed.data.quantity > 0 ? { lines: [toLine(parsed.data)], isList: false } : null;
}

/** `updates` by variant or key, or by place when it is a list. */
export function readUpdates(fields: Fields): { which: string; by: "id" | "line"; quantity: number }[] | null {
  const { updates } = fields;
  if (updates === undefined) return [];
  const by = Array.isArray(updates) ? "line" : "id";
  const entries = Array.isArray(updates) ? updates.map((value, at) => [String(at + 1), value] as const) : Object.entries(updates ?? {});
  const parsed = z.array(z.tuple([z.string(), quantity])).safeParse(entries);
  return parsed.success ? parsed.data.map(([which, pieces]) => ({ which, by, quantity: pieces })) : null;
}

export function readAttributes(fields: Fields): Record<string, string> {
  return z.record(z.string(), z.coerce.string()).catch({}).parse(fields.attributes ?? {});
}

const change = z.object({ quantity, id: z.union([z.string(), z.number()]).optional(), line: z.coerce.number().int().optional() });

export function readChange(fields: Fields): { which: string | number; by: "id" | "line"; quantity: number } | null {
  const parsed = change.safeParse(fields);
  if (!parsed.success) return null;
  const { id, line, quantity: pieces } = parsed.data;
  if (line !== undefined) return { which: line, by: "line", quantity: pieces };
  return id === undefined ? null : { which: id, by: "id", quantity: pieces };
}
