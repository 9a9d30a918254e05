import { createRng } from "#app/core/rng.ts";

const money = (amount: string) => ({ shopMoney: { amount, currencyCode: "USD" } });
const instant = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");

export interface ShopFile {
  readonly products: readonly object[];
  readonly customers: readonly object[];
  readonly orders: readonly object[];
}

/** A small shop as the lines of its three bulk files, children right behind their parents. Same seed, same lines. */
export function buildShopFile(seed: number, size: { products: number; customers: number; orders: number }, startMs = Date.parse("2026-01-01T00:00:00Z")): ShopFile {
  const rng = createRng(seed);
  const products: object[] = [];
  for (let p = 1; p <= size.products; p++) {
    const id = `gid://shopify/Product/${p}`;
    products.push({
      id, handle: `product-${p}`, title: `Product ${p} — ürün`, status: "ACTIVE", vendor: "Vendor", productType: `Type ${p % 3}`, tags: ["a", `t${p % 5}`], description: `Text ${p}`,
      createdAt: instant(startMs), updatedAt: instant(startMs + p * 1_000), publishedAt: instant(startMs),
      featuredMedia: p % 2 ? { preview: { image: { url: `https://cdn.example/${p}.png`, altText: null } } } : null,
    });
    for (let v = 1; v <= 1 + rng.below(3); v++) {
      products.push({
        id: `gid://shopify/ProductVariant/${p * 10 + v}`, title: `V${v}`, sku: `S${p}-${v}`, price: `${10 + p}.50`, compareAtPrice: v === 1 ? "99.00" : null,
        inventoryQuantity: rng.below(20), inventoryPolicy: "DENY", availableForSale: true,
        inventoryItem: { id: `gid://shopify/InventoryItem/${p * 10 + v}`, tracked: true, unitCost: { amount: "4.20" } }, __parentId: id,
      });
    }
    products.push({ id: `gid://shopify/Collection/${1 + (p % 4)}`, handle: `c${p % 4}`, title: `Collection ${p % 4}`, __parentId: id });
  }
  const customers = Array.from({ length: size.customers }, (_, i) => ({
    id: `gid://shopify/Customer/${i + 1}`, createdAt: instant(startMs), updatedAt: instant(startMs + i * 1_000), state: "ENABLED", tags: i % 3 ? [] : ["vip"], locale: "en",
    defaultEmailAddress: i % 4 ? { emailAddress: `shopper${i}@Example.com`, marketingState: "SUBSCRIBED", marketingUpdatedAt: instant(startMs) } : null,
    defaultPhoneNumber: null, defaultAddress: { countryCodeV2: "GB", provinceCode: null, city: "Leeds" }, statistics: { rfmGroup: "LOYAL", predictedSpendTier: null },
  }));
  const orders: object[] = [];
  for (let o = 1; o <= size.orders; o++) {
    const id = `gid://shopify/Order/${o}`;
    const isRefunded = o % 10 === 0;
    const placedMs = startMs + o * 60_000;
    const lines = Array.from({ length: 1 + rng.below(4) }, (_, l) => {
      const product = 1 + rng.below(size.products);
      return {
        id: `gid://shopify/LineItem/${o * 10 + l}`, quantity: 1 + l, currentQuantity: isRefunded ? 0 : 1 + l, originalUnitPriceSet: money("10.00"), discountAllocations: [], discountedTotalSet: money(`${(1 + l) * 9}.00`),
        product: { id: `gid://shopify/Product/${product}` }, variant: { id: `gid://shopify/ProductVariant/${product * 10 + 1}` }, __parentId: id,
      };
    });
    const total = lines.reduce((sum, line) => sum + line.quantity * 9, 0);
    orders.push({
      id, name: `#${1000 + o}`, createdAt: instant(placedMs), processedAt: instant(placedMs), updatedAt: instant(placedMs + 1_000), cancelledAt: null, test: false,
      displayFinancialStatus: "PAID", sourceName: "web", discountCodes: o % 5 ? [] : ["TEN"], customer: o % 7 ? { id: `gid://shopify/Customer/${1 + rng.below(size.customers)}` } : null,
      subtotalPriceSet: money(`${total}.00`), totalDiscountsSet: money(`${total / 9}.00`.replace(/(\.\d+)\.00/, "$1")), currentTotalPriceSet: money(isRefunded ? "0.00" : `${total}.00`),
      totalRefundedSet: money(isRefunded ? `${total}.00` : "0.00"),
      refunds: isRefunded ? [{ id: `gid://shopify/Refund/${o}`, createdAt: instant(placedMs + 500), totalRefundedSet: money(`${total}.00`) }] : [],
    });
    orders.push(...lines);
  }
  return { products, customers, orders };
}

/** Any order: Shopify promises none between parents and children of others. */
export function shuffle<T>(items: readonly T[], seed: number): T[] {
  const rng = createRng(seed);
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
  }
  return shuffled;
}

export const toJsonl = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join("");

/** Cuts bytes into chunks of odd sizes, so that lines and characters are split everywhere. */
export async function* inChunks(text: string, bytes: number, stopAfter = Infinity): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text);
  for (let start = 0; start < all.length; start += bytes) {
    if (start >= stopAfter) throw new Error("the connection broke");
    yield all.subarray(start, start + bytes);
  }
}
