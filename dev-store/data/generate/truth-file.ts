import { closeSync, openSync, writeSync } from "node:fs";
import type { Catalogue } from "./catalogue.ts";
import type { Complements } from "./complements.ts";
import type { Timeline } from "./timeline.ts";

/** Columns of a row of `customers` in truth.json. */
const CUSTOMER_COLUMNS = ["customerId", "homeCategory", "secondCategory", "diedAtMs", "isDiscountLover", "cycles"];
const FLUSH_CHARS = 1 << 20;

export interface TruthFile {
  addCustomer(customerId: number, timeline: Timeline): void;
  finish(): void;
}

/**
 * What was planted, for tests that ask whether the engine finds it. Customers are compact rows, written as they come:
 * [customerId, index into categories, index into categories, instant of death or null, 0 or 1, [[productId, cycle days], ...]].
 */
export function openTruthFile(file: string, header: Record<string, unknown>, catalogue: Catalogue, complements: Complements): TruthFile {
  const fd = openSync(file, "w");
  const productId = (row: number) => catalogue.products[row].id;
  const head = {
    ...header,
    categories: catalogue.categories,
    complements: complements.list.map((pair) => ({ mainProductId: productId(pair.main), otherProductId: productId(pair.other), probability: pair.probability, directed: pair.directed })),
    customerColumns: CUSTOMER_COLUMNS,
  };
  let buffer = `${JSON.stringify(head).slice(0, -1)},"customers":[`;
  let isFirst = true;
  const flush = () => {
    writeSync(fd, buffer);
    buffer = "";
  };
  return {
    addCustomer(customerId, timeline) {
      const row = [customerId, timeline.home, timeline.secondHome, timeline.deathMs, timeline.isDiscountLover ? 1 : 0, timeline.cycles.map((cycle) => [productId(cycle.product), cycle.days])];
      buffer += `${isFirst ? "\n" : ",\n"}${JSON.stringify(row)}`;
      isFirst = false;
      if (buffer.length > FLUSH_CHARS) flush();
    },
    finish() {
      buffer += "\n]}\n";
      flush();
      closeSync(fd);
    },
  };
}
