import { DAY_MS, HOUR_MS } from "#app/core/time.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { decay } from "./affinity.ts";
import type { CustomerZones } from "./customer-zones.ts";
import type { ShopCalendar } from "./shop-calendar.ts";

/** Customers whose orders are copied together: small enough that all passes over them find them in the processor's cache. */
export const BLOCK_CUSTOMERS = 2_048;

/**
 * Some customers with copies of their orders and lines alone, in the customers' order: passes over them read memory from front to back.
 * Orders are NOT sorted by time across customers, and `orders.id` is empty.
 */
export interface ProfileBlock {
  readonly snapshot: Snapshot;
  /** By order of the block: recency weight (half-life of affinity.ts). */
  readonly weight: Float64Array;
  /** By order: day and hour in the customer's own time zone. */
  readonly localDay: Int32Array;
  readonly localHour: Uint8Array;
}

/** Packs one block after another into the same memory: a block is good until the next one. */
export class BlockPacker {
  private orders = allocateOrders(0);
  private lines = allocateLines(0);

  constructor(private readonly calendar: ShopCalendar) {}

  /** `zones` of the same customers. */
  pack(snapshot: Snapshot, zones: CustomerZones): ProfileBlock {
    const { orders: from, lines: fromLines, ordersByCustomer, customers, asOfMs } = snapshot;
    const first = ordersByCustomer.start[0];
    const count = ordersByCustomer.start[customers.count] - first;
    if (count > this.orders.values.length) this.orders = allocateOrders(Math.ceil(count * 1.25));
    const { placedAtMs, totalMinor, discountMinor, refundedMinor, customer, flags, lineStart, values, weight, localDay, localHour } = this.orders;
    const start = new Int32Array(customers.count + 1);
    let lineCount = 0;
    for (let row = 0; row < customers.count; row++) {
      const offsetAt = this.calendar.offsetsOf(zones.zones[zones.code[row]]);
      const end = ordersByCustomer.start[row + 1] - first;
      start[row + 1] = end;
      for (let to = start[row]; to < end; to++) {
        const order = ordersByCustomer.values[first + to];
        const atMs = from.placedAtMs[order];
        placedAtMs[to] = atMs;
        totalMinor[to] = from.totalMinor[order];
        discountMinor[to] = from.discountMinor[order];
        refundedMinor[to] = from.refundedMinor[order];
        flags[to] = from.flags[order];
        customer[to] = row;
        values[to] = to;
        lineStart[to] = lineCount;
        lineCount += from.lineStart[order + 1] - from.lineStart[order];
        weight[to] = decay(asOfMs - atMs);
        const localMs = atMs + offsetAt(atMs);
        localDay[to] = Math.floor(localMs / DAY_MS);
        localHour[to] = (localMs - localDay[to] * DAY_MS) / HOUR_MS;
      }
    }
    lineStart[count] = lineCount;
    if (lineCount > this.lines.product.length) this.lines = allocateLines(Math.ceil(lineCount * 1.25));
    const { product, quantity, currentQuantity, grossMinor, lineTotalMinor } = this.lines;
    for (let to = 0; to < count; to++) {
      const order = ordersByCustomer.values[first + to];
      let line = from.lineStart[order];
      for (let at = lineStart[to]; at < lineStart[to + 1]; at++, line++) {
        product[at] = fromLines.product[line];
        quantity[at] = fromLines.quantity[line];
        currentQuantity[at] = fromLines.currentQuantity[line];
        grossMinor[at] = fromLines.grossMinor[line];
        lineTotalMinor[at] = fromLines.totalMinor[line];
      }
    }
    const packed: Snapshot = {
      ...snapshot,
      orders: { count, id: NO_IDS, placedAtMs, customer, totalMinor, discountMinor, refundedMinor, flags, lineStart },
      lines: { count: lineCount, product, quantity, currentQuantity, grossMinor, totalMinor: lineTotalMinor },
      ordersByCustomer: { start, values },
    };
    return { snapshot: packed, weight, localDay, localHour };
  }
}

const NO_IDS = new Float64Array(0);

function allocateOrders(size: number) {
  const numbers = () => new Float64Array(size);
  return {
    placedAtMs: numbers(), totalMinor: numbers(), discountMinor: numbers(), refundedMinor: numbers(), weight: numbers(), customer: new Int32Array(size),
    flags: new Uint8Array(size), lineStart: new Int32Array(size + 1), values: new Int32Array(size), localDay: new Int32Array(size), localHour: new Uint8Array(size),
  };
}

function allocateLines(size: number) {
  return { product: new Int32Array(size), quantity: new Int32Array(size), currentQuantity: new Int32Array(size), grossMinor: new Float64Array(size), lineTotalMinor: new Float64Array(size) };
}
