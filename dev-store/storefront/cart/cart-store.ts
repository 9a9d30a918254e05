import type { Database } from "better-sqlite3";
import { z } from "zod";

const line = z.object({ variantId: z.number().int(), quantity: z.number().int().positive(), properties: z.record(z.string(), z.string()).default({}) });
export type CartLine = z.infer<typeof line>;

export interface Cart {
  /** Null until something is put in it: visitors who only look leave no row. */
  readonly token: string | null;
  readonly lines: readonly CartLine[];
  readonly discountCode: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}

export const emptyCart: Cart = { token: null, lines: [], discountCode: null, attributes: {} };

const lines = z.array(line);
const attributes = z.record(z.string(), z.string());

export function createCartStore(db: Database, nowMs: () => number) {
  const find = db.prepare<[string], { token: string; lines: string; discount_code: string | null; attributes: string }>("SELECT token, lines, discount_code, attributes FROM carts WHERE token = ?");
  const upsert = db.prepare<[string, string, string | null, string, number]>(
    "INSERT INTO carts (token, lines, discount_code, attributes, updated_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (token) DO UPDATE SET lines = excluded.lines, discount_code = excluded.discount_code, attributes = excluded.attributes, updated_at = excluded.updated_at",
  );
  const remove = db.prepare<[string]>("DELETE FROM carts WHERE token = ?");
  return {
    find(token: string | undefined): Cart {
      const row = token ? find.get(token) : undefined;
      if (!row) return emptyCart;
      return { token: row.token, lines: lines.parse(JSON.parse(row.lines)), discountCode: row.discount_code, attributes: attributes.parse(JSON.parse(row.attributes)) };
    },
    save(cart: Cart & { token: string }): void {
      upsert.run(cart.token, JSON.stringify(cart.lines), cart.discountCode, JSON.stringify(cart.attributes), nowMs());
    },
    remove: (token: string): void => void remove.run(token),
  };
}
export type CartStore = ReturnType<typeof createCartStore>;

/** Lines with the same variant and the same properties are one line. */
export function lineKey(variantId: number, properties: Readonly<Record<string, string>>): string {
  const written = JSON.stringify(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)));
  let hash = 0x811c9dc5;
  for (let at = 0; at < written.length; at += 1) hash = Math.imul(hash ^ written.charCodeAt(at), 0x01000193) >>> 0;
  return `${variantId}:${hash.toString(16).padStart(8, "0")}`;
}
