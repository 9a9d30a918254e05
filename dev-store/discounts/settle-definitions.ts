import type { Database } from "better-sqlite3";
import type { ShopFacts } from "#dev-store/context.ts";
import type { DiscountRow } from "#dev-store/db/rows.ts";
import type { DiscountKind } from "./definition.ts";
import { EMPTY_DEFINITION, discountDefinition } from "./definition.ts";
import type { InputProblem } from "./read-discount-input.ts";
import { discountInput, mergeDefinition } from "./read-discount-input.ts";

const isKind = (kind: string): kind is DiscountKind => kind === "basic" || kind === "bxgy" || kind === "free_shipping";

/** Seeding writes a discount's definition as an app would send it; here it becomes what the store works with. */
export function settleDefinitions(db: Database, shop: Pick<ShopFacts, "currency">): void {
  const write = db.prepare("UPDATE discounts SET definition = ? WHERE id = ?");
  db.transaction(() => {
    for (const row of db.prepare<[], DiscountRow>("SELECT * FROM discounts").all()) {
      const stored: unknown = JSON.parse(row.definition);
      if (discountDefinition.safeParse(stored).success) continue;
      if (!isKind(row.kind)) throw new Error(`discount ${row.id} has the unknown kind ${row.kind}`);
      const problems: InputProblem[] = [];
      const definition = mergeDefinition(EMPTY_DEFINITION, discountInput.parse(stored), { db, currency: shop.currency, kind: row.kind, problems });
      if (problems.length) throw new Error(`discount ${row.id} (${row.title}): ${problems.map(({ field, message }) => `${field.join(".")}: ${message}`).join("; ")}`);
      write.run(JSON.stringify(definition), row.id);
    }
  })();
}
