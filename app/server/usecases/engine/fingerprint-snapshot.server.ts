import { createHash } from "node:crypto";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";

/** Same data, same text: orders, lines, customers and products, but not the time at which they were read. */
export function fingerprintSnapshot({ orders, lines, customers, products, currency, timeZone }: Snapshot): string {
  const hash = createHash("sha256").update(`${currency} ${timeZone} ${products.type.names.join("\u001f")}`);
  const columns = [
    customers.id, products.id, products.type.codes, products.priceMinor, products.isListed, products.isAvailable,
    orders.id, orders.placedAtMs, orders.customer, orders.totalMinor, orders.refundedMinor, orders.flags, orders.lineStart,
    lines.product, lines.quantity,
  ];
  for (const column of columns) hash.update(column);
  return hash.digest("base64url").slice(0, 22);
}
