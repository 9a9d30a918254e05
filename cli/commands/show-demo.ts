import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { DiscountSummary } from "#app/core/discount-views.ts";
import type { Failure } from "#app/core/failure.ts";
import { describeFailure } from "#app/core/failure.ts";
import { currencyExponent } from "#app/core/money.ts";
import type { Result } from "#app/core/result.ts";
import { DAY_MS } from "#app/core/time.ts";
import { readOftenOrdered } from "#app/server/store/read-recommendations.server.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { createDiscount } from "#app/server/usecases/discounts/create-discount.server.ts";
import { loadDiscount } from "#app/server/usecases/discounts/load-discount.server.ts";
import { planDiscount } from "#app/server/usecases/discounts/plan-discount.server.ts";
import { loadSegmentMix } from "#app/server/usecases/home/load-segment-mix.server.ts";
import { loadStoreHealth } from "#app/server/usecases/home/load-store-health.server.ts";
import { loadProductRecommendations } from "#app/server/usecases/recommendations-admin/load-product-recommendations.server.ts";
import { createSegment } from "#app/server/usecases/segments/create-segment.server.ts";
import { CliError, type Command } from "../command.ts";
import { requireInstalledShop } from "../find-shop.ts";

export const showDemoCommand: Command = {
  usage: `demo show --shop DOMAIN
  Prints what the app knows after its first sync: counts, segments, three recommendations; then makes a segment and a discount for it.`,
  async run(args) {
    const { values } = parseArgs({ args, options: { shop: { type: "string" } } });
    const shop = await requireInstalledShop(values.shop);
    await showCounts(shop);
    showGroups(shop);
    showRecommendations(shop);
    await showDiscount(shop);
    return 0;
  },
};

async function showCounts(shop: Shop): Promise<void> {
  const { products, customers, orders, deadCount } = await loadStoreHealth(shop);
  print(`\n${shop.name} (${shop.domain}, ${shop.currency}, ${shop.timeZone})`);
  print(`  ${count(products)} products, ${count(customers)} customers, ${count(orders)} orders in Tessera's copy; ${deadCount} failed jobs or webhooks`);
}

function showGroups(shop: Shop): void {
  const mix = loadSegmentMix(shop);
  const spent = mix.reduce((sum, part) => sum + part.spentMinor, 0);
  print("\nCustomers by recency, frequency and money (Shopify's groups)");
  for (const part of mix) {
    const share = spent > 0 ? `${((100 * part.spentMinor) / spent).toFixed(1).padStart(5)} % of revenue` : "";
    print(`  ${part.group.padEnd(17)} ${count(part.count).padStart(8)}   ${share}`);
  }
}

const EXAMPLES = 3;
const LOOKED_AT = 60;

function showRecommendations(shop: Shop): void {
  print("\nFrequently bought together, for example");
  let shown = 0;
  for (const pick of readOftenOrdered(shop.id, 10_000, LOOKED_AT)) {
    const view = loadProductRecommendations(shop, String(pick.productId));
    const best = view?.lists.find((list) => list.kind === "bought-together")?.items[0];
    if (!best || best.item.source !== "co-purchase") continue;
    print(`  ${pick.title}\n    + ${best.product.title}: ${count(best.item.supportOrders)} orders hold both, ${(100 * best.item.confidence).toFixed(0)} % of the orders with the first (${best.item.lift.toFixed(1)} times what chance would give)`);
    shown += 1;
    if (shown === EXAMPLES) return;
  }
  if (shown === 0) print("  no two products stand together in enough orders yet");
}

const WAIT_MS = 120_000;

async function showDiscount(shop: Shop): Promise<void> {
  const segment = unwrap(await createSegment(shop, { name: "Loyal customers who drift away", query: "computed_rfm_group IN ('AT_RISK', 'PREVIOUSLY_LOYAL')" }, { actor: "demo" }));
  print(`\nSegment "${segment.name}": ${count(segment.memberCount)} customers`);
  if (segment.memberCount === 0) {
    print("  nobody is in it, so no discount was made");
    return;
  }
  const startsAtMs = Date.now() - DAY_MS;
  const input = {
    title: "Welcome back, 15 % off", segmentId: segment.id, value: { kind: "percentage", percent: 15 }, codeMode: "shared", code: "WELCOME-BACK-15",
    startsAtMs, endsAtMs: startsAtMs + 31 * DAY_MS, usageLimit: null, oncePerCustomer: true, minimumMinor: null, combinesWith: [],
  };
  const plan = unwrap(await planDiscount(shop, input));
  const cost = plan.cost.maxMinor === null ? "" : `, at most ${money(plan.cost.maxMinor, shop.currency)} if every one of them uses it`;
  print(`  dry run: ${count(plan.reachedCount)} customers would get 15 % off${cost}; ${plan.overlaps.length} overlaps with other discounts`);
  const discount = await waitUntilActive(shop, unwrap(await createDiscount(shop, input, { actor: "demo" })));
  print(`  discount code ${discount.code} is active in the store for these customers only`);
}

async function waitUntilActive(shop: Shop, created: DiscountSummary): Promise<DiscountSummary> {
  const deadlineMs = Date.now() + WAIT_MS;
  while (Date.now() < deadlineMs) {
    const { discount } = unwrap(await loadDiscount(shop, created.id));
    if (discount.status === "active") return discount;
    if (discount.status === "failed") throw new CliError(`the discount could not be published: ${discount.error}`);
    await wait(200);
  }
  throw new CliError(`the discount was not published within ${WAIT_MS / 1000} s`);
}

function unwrap<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new CliError(describeFailure(result.error));
  return result.value;
}

const print = (line: string) => process.stdout.write(`${line}\n`);
const count = (n: number) => new Intl.NumberFormat("en").format(n);
const money = (minor: number, currency: string) => new Intl.NumberFormat("en", { style: "currency", currency }).format(minor / 10 ** currencyExponent(currency));
