import type { CodeCreationRow, RedeemCodeRow } from "#dev-store/db/rows.ts";
import { codeProblems, findDiscount } from "#dev-store/discounts/save-discount.ts";
import { gid } from "#dev-store/gid.ts";
import { isoSecond } from "#dev-store/time.ts";
import { z } from "zod";
import type { Api } from "../field-types.ts";
import { userError } from "../field-types.ts";
import { Group } from "../items.ts";
import { Page, encodeCursor } from "../paging.ts";
import { discountNode } from "./discount-fields.ts";

/** Shopify works on added codes in the background: an answer at once says done: false, a later one the result. */
const WORK_MS_PER_CODE = 2;

const resultsSchema = z.array(z.object({ code: z.string(), codeId: z.number().nullable(), problem: z.object({ code: z.string(), message: z.string() }).nullable() }));

export function startCodeCreation(api: Api, discountId: number, codes: readonly string[]): CodeCreationRow {
  const doneAt = api.store.clock.wallMs() + WORK_MS_PER_CODE * codes.length;
  const { lastInsertRowid } = api.db.prepare("INSERT INTO redeem_code_creations (discount_id, codes, done_at) VALUES (?, ?, ?)").run(discountId, JSON.stringify(codes), doneAt);
  return { id: Number(lastInsertRowid), discount_id: discountId, codes: JSON.stringify(codes), done_at: doneAt, results: null };
}

/** Adds the codes when their time has come; a bad one fails alone. */
function finish(api: Api, row: CodeCreationRow): CodeCreationRow {
  if (row.results !== null || api.store.clock.wallMs() < row.done_at) return row;
  const codes = z.array(z.string()).parse(JSON.parse(row.codes));
  const insert = api.db.prepare("INSERT INTO redeem_codes (discount_id, code) VALUES (?, ?)");
  const results = api.db.transaction(() => {
    const found = codes.map((code) => {
      const taken = codeProblems(api.db, code, null);
      const problem = code.trim() ? (taken[0] ?? null) : { code: "BLANK", message: "Code can't be blank" };
      return { code, problem, codeId: problem ? null : Number(insert.run(row.discount_id, code).lastInsertRowid) };
    });
    api.db.prepare("UPDATE redeem_code_creations SET results = ? WHERE id = ?").run(JSON.stringify(found), row.id);
    return found;
  })();
  return { ...row, results: JSON.stringify(results) };
}

export function creationSource(asked: CodeCreationRow, api: Api): object {
  const row = finish(api, asked);
  const results = row.results === null ? null : resultsSchema.parse(JSON.parse(row.results));
  const codes = z.array(z.string()).parse(JSON.parse(row.codes));
  const discount = findDiscount(api.db, row.discount_id);
  const ids = (results ?? []).map(({ codeId }) => codeId).filter((id) => id !== null);
  const rows = api.db.prepare<[string], RedeemCodeRow>("SELECT * FROM redeem_codes WHERE id IN (SELECT value FROM json_each(?))").all(JSON.stringify(ids));
  const byId = new Map(new Group("DiscountRedeemCode", rows).items.map((item) => [item.row.id, item]));
  const nodes = codes.map((code, index) => {
    const result = results?.[index];
    return {
      code,
      discountRedeemCode: result?.codeId ? (byId.get(result.codeId) ?? null) : null,
      errors: result?.problem ? [userError(["code"], result.problem.message, result.problem.code)] : [],
    };
  });
  return {
    __typename: "DiscountRedeemCodeBulkCreation",
    id: gid("DiscountRedeemCodeBulkCreation", row.id),
    done: results !== null,
    codesCount: codes.length,
    importedCount: results?.filter(({ problem }) => problem === null).length ?? 0,
    failedCount: results?.filter(({ problem }) => problem !== null).length ?? 0,
    createdAt: isoSecond(row.done_at),
    discountCode: discount ? discountNode("DiscountCodeNode", discount) : null,
    codes: new Page(nodes, false, false, (index) => encodeCursor({ id: index, value: index })),
  };
}
