import type { DevStoreContext } from "#dev-store/context.ts";
import { takeNumber } from "#dev-store/db/meta.ts";
import type { DiscountRow } from "#dev-store/db/rows.ts";
import type { DiscountKind } from "./definition.ts";
import { EMPTY_DEFINITION, readDefinition } from "./definition.ts";
import type { DiscountInput, InputProblem } from "./read-discount-input.ts";
import { mergeDefinition } from "./read-discount-input.ts";

export type SaveOutcome = { readonly ok: true; readonly id: number } | { readonly ok: false; readonly problems: readonly InputProblem[] };

const MAX_CODE_LENGTH = 255;
export const FIRST_DISCOUNT_ID = 1_400_000_000_001;

export function findDiscount(db: DevStoreContext["db"], id: number): DiscountRow | null {
  return db.prepare<[number], DiscountRow>("SELECT * FROM discounts WHERE id = ?").get(id) ?? null;
}

/** Creates a discount, or changes the one given; all of it or nothing. */
export function saveDiscount(store: Pick<DevStoreContext, "db" | "clock" | "shop">, kind: DiscountKind, input: DiscountInput, existing: DiscountRow | null, isAutomatic = false): SaveOutcome {
  const problems: InputProblem[] = [];
  const nowMs = store.clock.nowMs();
  const definition = mergeDefinition(existing ? readDefinition(existing.definition) : EMPTY_DEFINITION, input, { db: store.db, currency: store.shop.currency, kind, problems });
  const title = input.title ?? existing?.title ?? "";
  if (!title.trim()) problems.push({ field: ["title"], code: "BLANK", message: "Title can't be blank" });
  const startsAt = input.startsAt ? Date.parse(input.startsAt) : existing?.starts_at;
  if (startsAt === undefined) problems.push({ field: ["startsAt"], code: "BLANK", message: "Starts at can't be blank" });
  const endsAt = input.endsAt === undefined ? (existing?.ends_at ?? null) : input.endsAt === null ? null : Date.parse(input.endsAt);
  if (startsAt !== undefined && endsAt !== null && endsAt <= startsAt) problems.push({ field: ["endsAt"], code: "END_DATE_BEFORE_START_DATE", message: "Ends at needs to be after starts_at" });
  const usageLimit = input.usageLimit === undefined ? (existing?.usage_limit ?? null) : input.usageLimit;
  if (usageLimit !== null && usageLimit < 1) problems.push({ field: ["usageLimit"], code: "GREATER_THAN", message: "Usage limit must be greater than 0" });
  const code = input.code ?? null;
  if (isAutomatic) problems.push(...activeProblems(store.db, startsAt ?? nowMs, endsAt, existing?.id ?? null));
  else if (code === null ? !existing : !code.trim()) problems.push({ field: ["code"], code: "BLANK", message: "Code can't be blank" });
  if (code !== null) problems.push(...codeProblems(store.db, code, existing?.id ?? null).map((problem) => ({ ...problem, field: ["code"] })));
  if (problems.length) return { ok: false, problems };
  const once = (input.appliesOncePerCustomer ?? existing?.once_per_customer === 1) ? 1 : 0;
  const id = store.db.transaction(() => {
    const saved = existing?.id ?? takeNumber(store.db, "next_discount_id", FIRST_DISCOUNT_ID);
    if (existing) {
      store.db
        .prepare("UPDATE discounts SET title = ?, definition = ?, starts_at = ?, ends_at = ?, usage_limit = ?, once_per_customer = ?, updated_at = ? WHERE id = ?")
        .run(title, JSON.stringify(definition), startsAt, endsAt, usageLimit, once, nowMs, saved);
    } else {
      store.db
        .prepare("INSERT INTO discounts (id, kind, title, definition, starts_at, ends_at, usage_limit, once_per_customer, created_at, updated_at, is_automatic) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .run(saved, kind, title, JSON.stringify(definition), startsAt, endsAt, usageLimit, once, nowMs, nowMs, isAutomatic ? 1 : 0);
    }
    if (code !== null) writeFirstCode(store.db, saved, code);
    return saved;
  })();
  return { ok: true, id };
}

const MAX_AUTOMATIC = 25;

/** Shopify runs at most 25 automatic discounts at the same time. */
function activeProblems(db: DevStoreContext["db"], startsAt: number, endsAt: number | null, discountId: number | null): InputProblem[] {
  const others = db
    .prepare<unknown[], { n: number }>("SELECT count(*) AS n FROM discounts WHERE is_automatic = 1 AND deactivated = 0 AND id IS NOT ? AND (ends_at IS NULL OR ends_at > ?) AND (? IS NULL OR starts_at < ?)")
    .get(discountId, startsAt, endsAt, endsAt);
  if ((others?.n ?? 0) < MAX_AUTOMATIC) return [];
  return [{ field: ["startsAt"], code: "ACTIVE_PERIOD_OVERLAP", message: "The active period overlaps with other automatic discounts. At any given time, only 25 automatic discounts can be active." }];
}

/** What is wrong with a code for this discount (null: a new one). */
export function codeProblems(db: DevStoreContext["db"], code: string, discountId: number | null): Omit<InputProblem, "field">[] {
  if (code.length > MAX_CODE_LENGTH) return [{ code: "TOO_LONG", message: `Code is too long (maximum is ${MAX_CODE_LENGTH} characters)` }];
  const owner = db.prepare<[string], { discount_id: number }>("SELECT discount_id FROM redeem_codes WHERE code = ?").get(code);
  return owner && owner.discount_id !== discountId ? [{ code: "TAKEN", message: "Code must be unique. Please try a different code." }] : [];
}

/** The `code` of the input is the discount's first code: an update renames it. */
function writeFirstCode(db: DevStoreContext["db"], discountId: number, code: string): void {
  const first = db.prepare<[number], { id: number }>("SELECT id FROM redeem_codes WHERE discount_id = ? ORDER BY id LIMIT 1").get(discountId);
  if (first) db.prepare("UPDATE OR IGNORE redeem_codes SET code = ? WHERE id = ?").run(code, first.id);
  else db.prepare("INSERT INTO redeem_codes (discount_id, code) VALUES (?, ?)").run(discountId, code);
}

export type DiscountStatus = "ACTIVE" | "SCHEDULED" | "EXPIRED";

export function discountStatus(row: Pick<DiscountRow, "deactivated" | "starts_at" | "ends_at">, nowMs: number): DiscountStatus {
  if (row.deactivated === 1 || (row.ends_at !== null && row.ends_at <= nowMs)) return "EXPIRED";
  return row.starts_at > nowMs ? "SCHEDULED" : "ACTIVE";
}
