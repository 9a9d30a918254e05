import { findFlips } from "#app/engine/segments/analyse/find-flips.ts";
import { andBits, countBits, emptyBitmap, listBits, minusBits, orBits, setBit, type Bitmap } from "#app/engine/segments/evaluate/bitmap.ts";
import { listConditions } from "#app/engine/segments/language/ast.ts";
import { formatCondition } from "#app/engine/segments/language/format-query.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";
import { evaluatorAt, type SavedQuery } from "./evaluator-at.server.ts";

export interface ChangesQuestion {
  readonly query: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly saved: readonly SavedQuery[];
  /** Customers named of each kind. */
  readonly most: number;
}

/** Who came and who went between two instants, and which conditions changed their answer for them. */
export function answerSegmentChanges(picture: ShopPicture, { query, fromMs, toMs, saved, most }: ChangesQuestion) {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(`a checked query cannot be read: ${parsed.error.message}`);
  const [then, now] = [evaluatorAt(picture, fromMs, saved), evaluatorAt(picture, toMs, saved)];
  const before = andBits(then.evaluate(parsed.value).members, customersBy(picture, fromMs));
  const after = andBits(now.evaluate(parsed.value).members, customersBy(picture, toMs));
  const joined = minusBits(after, before);
  const left = minusBits(before, after);
  const seen = new Set<string>();
  const causes = listConditions(parsed.value).flatMap((condition) => {
    const text = formatCondition(condition);
    if (seen.has(text)) return [];
    seen.add(text);
    const [a, b] = [then.evaluate(condition).members, now.evaluate(condition).members];
    const flipped = orBits(minusBits(a, b), minusBits(b, a));
    return [{ condition: text, joined: countBits(andBits(joined, flipped)), left: countBits(andBits(left, flipped)) }];
  });
  const { id } = picture.snapshot.customers;
  const movesOf = (bits: Bitmap, kind: "joined" | "left") =>
    mostValuable(picture, bits, most).map((row) => ({ customerId: id[row], kind, flips: findFlips(parsed.value, then, row, now, row) }));
  return {
    before: countBits(before), after: countBits(after), joined: countBits(joined), left: countBits(left),
    causes: causes.filter((cause) => cause.joined + cause.left > 0).sort((a, b) => b.joined + b.left - a.joined - a.left),
    moves: [...movesOf(joined, "joined"), ...movesOf(left, "left")],
  };
}

/** Customers who were there at an instant: nobody was a member before being a customer. */
export function customersBy({ snapshot }: ShopPicture, atMs: number): Bitmap {
  const { count, createdAtMs } = snapshot.customers;
  const bits = emptyBitmap(count);
  for (let row = 0; row < count; row++) if (createdAtMs[row] <= atMs) setBit(bits, row);
  return bits;
}

function mostValuable({ evaluator }: ShopPicture, bits: Bitmap, most: number): number[] {
  const spent = evaluator.columns.find("amount_spent");
  const value = (row: number) => (spent?.kind === "numbers" ? spent.values[row] : 0);
  return Array.from(listBits(bits)).sort((a, b) => value(b) - value(a) || a - b).slice(0, most);
}
