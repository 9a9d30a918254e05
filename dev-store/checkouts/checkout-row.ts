import type { Database } from "better-sqlite3";
import { z } from "zod";

/** As db/schema.sql has it. */
export interface CheckoutRow {
  readonly id: number; readonly token: string; readonly cart_token: string | null; readonly customer_id: number | null; readonly email: string | null; readonly lines: string;
  readonly subtotal: number; readonly total: number; readonly created_at: number; readonly updated_at: number; readonly completed_at: number | null;
}

export const findCheckout = (db: Database, id: number): CheckoutRow | null => db.prepare<[number], CheckoutRow>("SELECT * FROM checkouts WHERE id = ?").get(id) ?? null;

const lines = z.array(z.object({ variantId: z.number().int(), quantity: z.number().int().positive() }));
export type CheckoutLine = z.infer<typeof lines>[number];

export const readCheckoutLines = (row: Pick<CheckoutRow, "lines">): CheckoutLine[] => lines.parse(JSON.parse(row.lines));
