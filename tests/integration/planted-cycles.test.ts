import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { DAY_MS } from "#app/core/time.ts";
import { fitRepeatModel, listBuyAgain, type RepeatModel } from "#app/engine/recommend/repeat/buy-again.ts";
import { rewindSnapshot } from "#app/engine/snapshot/rewind-snapshot.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import type { OrderSpec } from "#tests/factories/snapshot.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";

const folder = mkdtempSync(join(tmpdir(), "tessera-cycles-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HIDDEN_DAYS = 60;
const HORIZON_DAYS = 30;
const truthFile = z.object({ customers: z.array(z.tuple([z.number(), z.number(), z.number(), z.number().nullable(), z.number(), z.array(z.tuple([z.number(), z.number()]))])) });
const line = z.object({ orderId: z.number(), customerId: z.number(), placedAt: z.number(), productId: z.number() });

interface PlantedCycle {
  readonly customerId: number;
  readonly productId: number;
  readonly cycleDays: number;
}

/** The dev store's generator says who buys what how often; the engine sees the orders up to two months before the end. */
describe("cycles planted in a generated grocery shop", () => {
  let whole: Snapshot;
  let past: Snapshot;
  let model: RepeatModel;
  let cycles: PlantedCycle[];

  beforeAll(async () => {
    const data = join(folder, "grocery");
    await promisify(execFile)(process.execPath, ["--import", "tsx", "dev-store/seed.ts", "--data-dir", data, "--preset", "grocery", "--customers", "2500", "--seed", "8"]);
    const { customers } = truthFile.parse(JSON.parse(readFileSync(join(data, "truth.json"), "utf8")));
    const orders = readOrders(join(data, "store.db"));
    const asOfMs = orders.reduce((last, order) => Math.max(last, order.atMs), 0);
    whole = makeSnapshot({ asOfMs, orders });
    past = rewindSnapshot(whole, asOfMs - HIDDEN_DAYS * DAY_MS);
    model = fitRepeatModel(past);
    // Of customers who are still there, cycles that had three purchases to be seen by.
    cycles = customers.flatMap(([customerId, , , diedAtMs, , planted]) => (diedAtMs === null ? planted.map(([productId, cycleDays]) => ({ customerId, productId, cycleDays })) : []))
      .filter((cycle) => (purchasesOf(past, cycle)?.length ?? 0) >= 3);
  }, 120_000);

  it("are told within an eighth for nine of ten", () => {
    expect(cycles.length).toBeGreaterThan(40);
    const found = cycles.filter((cycle) => Math.abs((dueOf(cycle)?.cycleDays ?? 0) / cycle.cycleDays - 1) < 0.125);
    expect(found.length / cycles.length).toBeGreaterThan(0.9);
  });

  it("are due on the day of the hidden purchase, within a quarter of the cycle, for nine of ten", () => {
    const asked = cycles.flatMap((cycle) => {
      const next = purchasesOf(whole, cycle)?.find((at) => at > past.asOfMs);
      const due = dueOf(cycle);
      return next === undefined || !due ? [] : [Math.abs(due.dueAtMs - next) / DAY_MS / cycle.cycleDays];
    });
    expect(asked.length).toBeGreaterThan(40);
    expect(asked.filter((off) => off < 0.25).length / asked.length).toBeGreaterThan(0.9);
  });

  it("chances of all pairs, planted or not, add up to what was bought in the following days", () => {
    let expected = 0;
    let bought = 0;
    for (let customer = 0; customer < past.customers.count; customer += 1) {
      const customerId = past.customers.id[customer];
      for (const { product, probability } of listBuyAgain(model, past, customer, { horizonDays: HORIZON_DAYS, limit: Infinity, leastProbability: 0 })) {
        expected += probability;
        const times = purchasesOf(whole, { customerId, productId: past.products.id[product] }) ?? [];
        if (times.some((at) => at > past.asOfMs && at <= past.asOfMs + HORIZON_DAYS * DAY_MS)) bought += 1;
      }
    }
    expect(Math.abs(expected / bought - 1)).toBeLessThan(0.1);
  });

  const dueOf = ({ customerId, productId }: PlantedCycle) =>
    listBuyAgain(model, past, past.customers.id.indexOf(customerId), { horizonDays: HORIZON_DAYS, limit: Infinity, leastProbability: 0 }).find((due) => past.products.id[due.product] === productId);
});

const known = new WeakMap<Snapshot, Map<string, number[]>>();

/** Instants at which a customer bought a product. */
function purchasesOf(snapshot: Snapshot, { customerId, productId }: { customerId: number; productId: number }): number[] | undefined {
  let times = known.get(snapshot);
  if (!times) {
    times = new Map();
    const { orders, lines, customers, products } = snapshot;
    for (let order = 0; order < orders.count; order += 1) {
      for (let at = orders.lineStart[order]; at < orders.lineStart[order + 1]; at += 1) {
        const key = `${customers.id[orders.customer[order]]} ${products.id[lines.product[at]]}`;
        times.set(key, [...(times.get(key) ?? []), orders.placedAtMs[order]]);
      }
    }
    known.set(snapshot, times);
  }
  return times.get(`${customerId} ${productId}`);
}

function readOrders(path: string): OrderSpec[] {
  const store = new Database(path, { readonly: true });
  try {
    const rows = z.array(line).parse(
      store.prepare(
        `SELECT o.id AS orderId, o.customer_id AS customerId, o.processed_at AS placedAt, l.product_id AS productId
         FROM orders o JOIN line_items l ON l.order_id = o.id WHERE o.cancelled_at IS NULL AND o.test = 0 AND o.customer_id IS NOT NULL AND l.product_id IS NOT NULL ORDER BY o.id`,
      ).all(),
    );
    const orders = new Map<number, { customer: number; atMs: number; products: number[] }>();
    for (const { orderId, customerId, placedAt, productId } of rows) {
      const order = orders.get(orderId) ?? { customer: customerId, atMs: placedAt, products: [] };
      order.products.push(productId);
      orders.set(orderId, order);
    }
    return [...orders.values()];
  } finally {
    store.close();
  }
}
