import type { DiscountClass } from "#app/core/discounts.ts";
import type { Failure } from "#app/core/failure.ts";
import { parseGid } from "#app/core/ids.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { DiscountOffer } from "#app/engine/decide/discount-overlaps.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { ListActiveDiscountsDocument, type ListActiveDiscountsQuery } from "#app/server/shopify/generated/operations.ts";

type Node = ListActiveDiscountsQuery["discountNodes"]["nodes"][number]["discount"];
type CodeNode = Extract<Node, { title: string }>;

/** A code discount that runs in the store now, whoever made it. */
export interface StoreDiscount extends DiscountOffer {
  readonly gid: string;
  readonly shopifyId: number;
  /** Shopify segments it is for; null when it is for everyone; empty when for single customers or markets. */
  readonly segmentIds: readonly number[] | null;
}

/** More than this many active discounts are not looked through; a dry run must answer while someone waits. */
const MAX_PAGES = 3;

export async function listStoreDiscounts(client: AdminClient, signal?: AbortSignal): Promise<Result<StoreDiscount[], Failure>> {
  const found: StoreDiscount[] = [];
  let after: string | null = null;
  for (let pageNumber = 0; pageNumber < MAX_PAGES; pageNumber++) {
    const page: Result<ListActiveDiscountsQuery, Failure> = await client.run(ListActiveDiscountsDocument, { after }, { signal });
    if (!page.ok) return page;
    const { nodes, pageInfo }: ListActiveDiscountsQuery["discountNodes"] = page.value.discountNodes;
    for (const { id, discount } of nodes) if (isCodeDiscount(discount)) found.push(toStoreDiscount(id, discount));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor ?? null;
  }
  return ok(found);
}

/** Automatic and app discounts carry no code and no audience that could be read here. */
function isCodeDiscount(discount: Node): discount is CodeNode {
  return "title" in discount;
}

function toStoreDiscount(gid: string, discount: CodeNode): StoreDiscount {
  const { combinesWith, context } = discount;
  const classes: DiscountClass[] = [];
  if (combinesWith.orderDiscounts) classes.push("order");
  if (combinesWith.productDiscounts) classes.push("product");
  if (combinesWith.shippingDiscounts) classes.push("shipping");
  return {
    gid,
    shopifyId: Number(gid.slice(gid.lastIndexOf("/") + 1)),
    title: discount.title,
    class: discount.__typename === "DiscountCodeFreeShipping" ? "shipping" : discount.discountClasses.includes("PRODUCT") ? "product" : "order",
    combinesWith: classes,
    startsAtMs: Date.parse(discount.startsAt),
    endsAtMs: discount.endsAt ? Date.parse(discount.endsAt) : null,
    segmentIds: audienceOf(context),
  };
}

function audienceOf(context: CodeNode["context"]): number[] | null {
  switch (context.__typename) {
    case "DiscountBuyerSelectionAll":
      return null;
    case "DiscountCustomerSegments":
      return context.segments.map((segment) => parseGid("Segment", segment.id));
    case "DiscountCustomers":
    case "DiscountMarkets":
      return [];
  }
}
