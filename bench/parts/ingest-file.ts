import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { z } from "zod";
import type { Rng } from "#app/core/rng.ts";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";

const START_MS = Date.parse("2023-01-01T00:00:00Z");
const WINDOW_MS = 900 * DAY_MS;
const CUSTOMERS_PER_ORDER = 0.25;
const PRODUCTS = 10_000;
/** Orders of which the lines are mixed and written behind the next block's orders. */
const BLOCK = 2_000;

/** A bulk file of orders as Shopify writes it with groupObjects false: children carry __parentId and do not follow their parent. */
export async function measure(input: unknown): Promise<{ orders: number; lines: number; bytes: number }> {
  const { path, orders } = z.object({ path: z.string(), orders: z.number() }).parse(input);
  const rng = createRng(1);
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  let waiting: string[] = [];
  let lines = 0;
  for (let from = 0; from < orders; from += BLOCK) {
    const parents: string[] = [];
    const children: string[] = [];
    for (let i = from; i < Math.min(orders, from + BLOCK); i++) {
      const count = 1 + rng.below(4);
      parents.push(JSON.stringify(orderNode(i, orders, rng)));
      for (let n = 0; n < count; n++) children.push(JSON.stringify(lineNode(i, lines++, rng)));
    }
    shuffle(children, rng);
    if (!file.write(`${[...parents, ...waiting].join("\n")}\n`)) await once(file, "drain");
    waiting = children;
  }
  file.end(`${waiting.join("\n")}\n`);
  await once(file, "finish");
  return { orders, lines, bytes: file.bytesWritten };
}

const gid = (type: string, base: number, row: number) => `gid://shopify/${type}/${base * 1e12 + row * 1024}`;
const money = (minor: number) => ({ shopMoney: { amount: (minor / 100).toFixed(2) } });

function orderNode(row: number, orders: number, rng: Rng) {
  const at = new Date(START_MS + Math.floor((row / orders) * WINDOW_MS)).toISOString().replace(".000Z", "Z");
  const isRefunded = row % 20 === 0;
  return {
    id: gid("Order", 5, row), name: `#${1000 + row}`, createdAt: at, processedAt: at, updatedAt: at, cancelledAt: null, test: false,
    displayFinancialStatus: isRefunded ? "PARTIALLY_REFUNDED" : "PAID", sourceName: "web", discountCodes: row % 10 === 0 ? ["WELCOME10"] : [],
    customer: row % 7 === 0 ? null : { id: gid("Customer", 6, rng.below(Math.ceil(orders * CUSTOMERS_PER_ORDER))) },
    subtotalPriceSet: money(4999), totalDiscountsSet: money(row % 10 === 0 ? 500 : 0),
    currentTotalPriceSet: { shopMoney: { amount: "54.98", currencyCode: "GBP" } }, totalRefundedSet: money(isRefunded ? 1000 : 0),
    refunds: isRefunded ? [{ id: gid("Refund", 4, row), createdAt: at, totalRefundedSet: money(1000) }] : [],
  };
}

function lineNode(order: number, row: number, rng: Rng) {
  const product = rng.below(PRODUCTS);
  return {
    id: gid("LineItem", 7, row), quantity: 1, currentQuantity: 1, originalUnitPriceSet: money(1000 + product), discountAllocations: [], discountedTotalSet: money(1000 + product),
    product: { id: gid("Product", 8, product) }, variant: { id: gid("ProductVariant", 9, product) }, __parentId: gid("Order", 5, order),
  };
}

function shuffle(list: string[], rng: Rng): void {
  for (let i = list.length - 1; i > 0; i--) {
    const other = rng.below(i + 1);
    [list[i], list[other]] = [list[other], list[i]];
  }
}
