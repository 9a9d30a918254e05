import type { CodeCreationRow, DiscountRow } from "#dev-store/db/rows.ts";
import type { DiscountKind } from "#dev-store/discounts/definition.ts";
import { discountInput } from "#dev-store/discounts/read-discount-input.ts";
import { findDiscount, saveDiscount } from "#dev-store/discounts/save-discount.ts";
import type { Api, Args, FieldTable, UserError } from "../field-types.ts";
import { addFields, inputArg, listArg, textArg, textsArg, userError } from "../field-types.ts";
import { listRows } from "../list-rows.ts";
import { GraphQLError } from "graphql";
import { readGidOf } from "#dev-store/gid.ts";
import { MAX_PAGE } from "../paging.ts";
import { discountList, discountNode, idOf, type NodeType } from "./discount-fields.ts";
import { creationSource, startCodeCreation } from "./redeem-codes.ts";

const CODE_NODES = ["DiscountCodeNode", "DiscountNode"];
const AUTOMATIC_NODES = ["DiscountAutomaticNode", "DiscountNode"];

const CREATES: readonly [string, string, DiscountKind][] = [
  ["discountCodeBasic", "basicCodeDiscount", "basic"],
  ["discountCodeBxgy", "bxgyCodeDiscount", "bxgy"],
  ["discountCodeFreeShipping", "freeShippingCodeDiscount", "free_shipping"],
];

interface AutomaticPayload { readonly automaticDiscountNode: unknown; readonly userErrors: readonly UserError[] }

const asAutomatic = ({ codeDiscountNode, userErrors }: NodePayload): AutomaticPayload => ({ automaticDiscountNode: codeDiscountNode, userErrors });

interface NodePayload { readonly codeDiscountNode: unknown; readonly userErrors: readonly UserError[] }

const refused = (field: readonly string[], message: string, code = "INVALID"): NodePayload => ({ codeDiscountNode: null, userErrors: [userError(field, message, code)] });
const missing = () => refused(["id"], "Discount does not exist");

function save(kind: DiscountKind, inputName: string, args: Args, existing: DiscountRow | null, api: Api, isAutomatic = false): NodePayload {
  const outcome = saveDiscount(api.store, kind, discountInput.parse(inputArg(args, inputName)), existing, isAutomatic);
  if (!outcome.ok) return { codeDiscountNode: null, userErrors: outcome.problems.map(({ field, message, code }) => userError([inputName, ...field], message, code)) };
  const row = findDiscount(api.db, outcome.id);
  return row ? { codeDiscountNode: discountNode(nodeTypeOf(row), row), userErrors: [] } : missing();
}

const nodeTypeOf = (row: DiscountRow): NodeType => (row.is_automatic === 1 ? "DiscountAutomaticNode" : "DiscountCodeNode");

const findNode = (args: Args, api: Api, types: readonly string[], isAutomatic: boolean): DiscountRow | null => {
  const id = idOf(args, types);
  const row = id === null ? null : findDiscount(api.db, id);
  return row && (row.is_automatic === 1) === isAutomatic ? row : null;
};

/** Runs a statement on one discount and answers with what it became. */
function change(args: Args, api: Api, run: (row: DiscountRow, nowMs: number) => void, isAutomatic = false): NodePayload {
  const row = findNode(args, api, isAutomatic ? AUTOMATIC_NODES : CODE_NODES, isAutomatic);
  if (!row) return missing();
  run(row, api.store.clock.nowMs());
  const after = findDiscount(api.db, row.id);
  return after ? { codeDiscountNode: discountNode(nodeTypeOf(after), after), userErrors: [] } : missing();
}

function deactivate(row: DiscountRow, nowMs: number, api: Api): void {
  api.db.prepare("UPDATE discounts SET deactivated = 1, ends_at = ?, updated_at = ? WHERE id = ?").run(nowMs, nowMs, row.id);
}

export function addDiscountMutations(table: FieldTable): void {
  for (const [name, inputName, kind] of CREATES) {
    addFields<unknown>(table, "Mutation", {
      [`${name}Create`]: (_, args, api) => save(kind, inputName, args, null, api),
      [`${name}Update`]: (_, args, api) => {
        const row = findNode(args, api, CODE_NODES, false);
        return !row || row.kind !== kind ? missing() : save(kind, inputName, args, row, api);
      },
    });
  }

  addFields<unknown>(table, "Mutation", {
    discountAutomaticBxgyCreate: (_, args, api) => asAutomatic(save("bxgy", "automaticBxgyDiscount", args, null, api, true)),
    discountAutomaticDeactivate: (_, args, api) => asAutomatic(change(args, api, (row, nowMs) => deactivate(row, nowMs, api), true)),
    discountAutomaticDelete: (_, args, api) => {
      const row = findNode(args, api, AUTOMATIC_NODES, true);
      if (row) api.db.prepare("DELETE FROM discounts WHERE id = ?").run(row.id);
      return row ? { deletedAutomaticDiscountId: textArg(args, "id"), userErrors: [] } : { deletedAutomaticDiscountId: null, userErrors: missing().userErrors };
    },
  });

  addFields<unknown>(table, "QueryRoot", {
    codeDiscountNode: (_, args, api) => {
      const row = findNode(args, api, CODE_NODES, false);
      return row && discountNode("DiscountCodeNode", row);
    },
    discountNode: (_, args, api) => {
      const id = idOf(args, [...CODE_NODES, ...AUTOMATIC_NODES]);
      const row = id === null ? null : findDiscount(api.db, id);
      return row && discountNode("DiscountNode", row);
    },
    codeDiscountNodeByCode: (_, args, api) => {
      const row = api.db
        .prepare<[string], DiscountRow>("SELECT d.* FROM redeem_codes r JOIN discounts d ON d.id = r.discount_id WHERE r.code = ?")
        .get(textArg(args, "code") ?? "");
      return row ? discountNode("DiscountCodeNode", row) : null;
    },
    codeDiscountNodes: (_, args, api) => listRows<DiscountRow>(api, discountList("codeDiscountNodes", "DiscountCodeNode"), args, { sql: "d.is_automatic = 0", params: [] }),
    discountNodes: (_, args, api) => listRows<DiscountRow>(api, discountList("discountNodes", "DiscountNode"), args),
    discountNodesCount: (_, __, api) => ({ count: api.db.prepare<[], { n: number }>("SELECT count(*) AS n FROM discounts").get()?.n ?? 0, precision: "EXACT" }),
    discountRedeemCodeBulkCreation: (_, args, api) => {
      const id = readGidOf("DiscountRedeemCodeBulkCreation", textArg(args, "id") ?? "");
      const row = id === null ? undefined : api.db.prepare<[number], CodeCreationRow>("SELECT * FROM redeem_code_creations WHERE id = ?").get(id);
      return row ? creationSource(row, api) : null;
    },
  });

  addFields<unknown>(table, "Mutation", {
    discountCodeActivate: (_, args, api) =>
      change(args, api, (row, nowMs) => {
        const endsAt = row.ends_at !== null && row.ends_at <= nowMs ? null : row.ends_at;
        api.db.prepare("UPDATE discounts SET deactivated = 0, starts_at = min(starts_at, ?), ends_at = ?, updated_at = ? WHERE id = ?").run(nowMs, endsAt, nowMs, row.id);
      }),
    discountCodeDeactivate: (_, args, api) => change(args, api, (row, nowMs) => deactivate(row, nowMs, api)),
    discountCodeDelete: (_, args, api) => {
      const row = findNode(args, api, CODE_NODES, false);
      if (row) api.db.prepare("DELETE FROM discounts WHERE id = ?").run(row.id);
      return row ? { deletedCodeDiscountId: textArg(args, "id"), userErrors: [] } : { deletedCodeDiscountId: null, userErrors: missing().userErrors };
    },
    discountRedeemCodeBulkAdd: (_, args, api) => {
      const codes = listArg(args, "codes").map((entry) => (typeof entry === "object" && entry !== null && "code" in entry ? String(entry.code) : ""));
      if (codes.length > MAX_PAGE) {
        throw new GraphQLError(`The input array size of ${codes.length} is greater than the maximum allowed of ${MAX_PAGE}.`, { path: ["discountRedeemCodeBulkAdd", "codes"], extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" } });
      }
      const id = idOf(args, CODE_NODES);
      if (id === null || !findDiscount(api.db, id)) return { bulkCreation: null, userErrors: [userError(["discountId"], "Code discount does not exist.", "INVALID")] };
      if (!codes.length) return { bulkCreation: null, userErrors: [userError(["codes"], "Codes can't be blank", "BLANK")] };
      return { bulkCreation: creationSource(startCodeCreation(api, id, codes), api), userErrors: [] };
    },
    discountCodeRedeemCodeBulkDelete: (_, args, api) => {
      const id = idOf(args, CODE_NODES);
      if (id === null || !findDiscount(api.db, id)) return { job: null, userErrors: [userError(["discountId"], "Code discount does not exist.", "INVALID")] };
      const ids = textsArg(args, "ids").map((code) => readGidOf("DiscountRedeemCode", code)).filter((code) => code !== null);
      if (!ids.length) throw new GraphQLError("not simulated: discountCodeRedeemCodeBulkDelete without ids", { extensions: { code: "NOT_SIMULATED" } });
      api.db.prepare("DELETE FROM redeem_codes WHERE discount_id = ? AND id IN (SELECT value FROM json_each(?))").run(id, JSON.stringify(ids));
      return { job: { id: `gid://shopify/Job/${crypto.randomUUID()}`, done: true }, userErrors: [] };
    },
  });
}
