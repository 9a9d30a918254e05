import { z } from "zod";
import { shopifyGroups } from "#app/core/customer-groups.ts";
import { listFilterNames, type ListFilterName, type ListSort } from "#app/core/customer-views.ts";
import { lifecycleNames } from "#app/core/prediction-figures.ts";
import { valueTierNames } from "#app/core/prediction-views.ts";
import { isProfileFieldName, listFieldNames, type ProfileFieldName } from "#app/core/profile-fields.ts";

export const defaultColumns: readonly ProfileFieldName[] = ["stage", "lastOrderAt", "ordersCount", "monetaryMinor", "expectedRevenue365dMinor", "shopifyGroup"];
const MOST_COLUMNS = 20;
const LONGEST_QUERY = 5_000;

export interface ListRequest {
  readonly query: string;
  readonly sort: ListSort;
  readonly direction: "asc" | "desc";
  readonly filters: Partial<Readonly<Record<ListFilterName, string>>>;
  readonly where: string;
  readonly columns: readonly ProfileFieldName[];
  readonly page: number;
}

const isListField = (text: string): text is ProfileFieldName => isProfileFieldName(text) && listFieldNames.includes(text);
/** Whatever stands in the address; what makes no sense falls back to the first page of everyone. */
const request = z.object({
  q: z.string().trim().max(200).catch(""),
  sort: z.union([z.literal("customer"), z.string().refine(isListField)]).catch("lastOrderAt"),
  dir: z.enum(["desc", "asc"]).catch("desc"),
  where: z.string().trim().max(LONGEST_QUERY).catch(""),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});

const isChoice: Readonly<Record<ListFilterName, (text: string) => boolean>> = {
  shopifyGroup: (text) => shopifyGroups.some((known) => known === text),
  stage: (text) => lifecycleNames.some((known) => known === text),
  tier: (text) => valueTierNames.some((known) => known === text),
  cluster: (text) => /^\d{1,4}$/.test(text),
};

export function readListRequest(params: URLSearchParams): ListRequest {
  const { q, sort, dir, where, page } = request.parse({ q: params.get("q") ?? "", sort: params.get("sort"), dir: params.get("dir"), where: params.get("where") ?? "", page: params.get("page") ?? 1 });
  const filters: Partial<Record<ListFilterName, string>> = {};
  for (const name of listFilterNames) {
    // Links to a group are older than the other filters.
    const text = params.get(name) ?? (name === "shopifyGroup" ? params.get("group") : null);
    if (text && isChoice[name](text)) filters[name] = text;
  }
  const asked = [...new Set((params.get("cols") ?? "").split(",").filter(isListField))].slice(0, MOST_COLUMNS);
  return { query: q, sort: sort === "customer" || isListField(sort) ? sort : "lastOrderAt", direction: dir, filters, where, page, columns: asked.length > 0 ? asked : defaultColumns };
}
