import { rmSync } from "node:fs";
import path from "node:path";
import { currencyExponent } from "../../money.ts";
import type { Progress } from "../progress.ts";
import { writeShopMeta } from "../shop-meta.ts";
import { openStoreWriter, type StoreWriter } from "../store-writer.ts";
import { ImportRefused, planImport } from "./choose-mapping.ts";
import { createCountryReader } from "./country-code.ts";
import { bindFiles, readRows } from "./read-rows.ts";
import { RowLedger, sum } from "./row-ledger.ts";
import { openStaging } from "./staging.ts";
import { writeOrders } from "./write-orders.ts";
import { writeProducts } from "./write-products.ts";
import { createZone } from "./zone.ts";

const WEEK_MS = 7 * 86_400_000;

export interface ImportSettings {
  readonly dataDir: string;
  readonly source: string;
  readonly mappingFile?: string;
  readonly currency?: string;
  readonly rejectBadRows: boolean;
  readonly shiftToNow: boolean;
  readonly nowMs: number;
  readonly shopDomain: string;
  readonly progress: Progress;
}

/** Every order id of the files ends in exactly one of these; their sum is `total`. */
export interface OrderAccount {
  readonly total: number;
  readonly orders: number;
  /** Cancellation documents that took back a whole order, something of one or more orders, or nothing that was found. */
  readonly cancellations: number;
  readonly refunds: number;
  readonly unmatchedReturns: number;
  /** Carriage or a discount alone. */
  readonly withoutGoods: number;
  readonly leftOut: Readonly<Record<string, number>>;
  readonly rejected: Readonly<Record<string, number>>;
}

export interface ImportReport {
  readonly counts: StoreWriter["counts"];
  readonly mapping: string;
  readonly currency: string;
  readonly rows: { readonly total: number; readonly leftOut: Readonly<Record<string, number>>; readonly unmatched: Readonly<Record<string, number>>; readonly rejected: Readonly<Record<string, number>> };
  readonly orderIds: OrderAccount;
  readonly guestOrders: number;
  readonly cancelledOrders: number;
  readonly shiftedWeeks: number;
}

/** Throws ImportRefused or UnreadableTable, with nothing left behind, when the files do not fit. */
export async function importStore(settings: ImportSettings): Promise<ImportReport> {
  const { dataDir, progress } = settings;
  const plan = await planImport(settings.source, settings.mappingFile);
  const { mapping } = plan;
  const currency = settings.currency ?? mapping.currency;
  const bindings = await bindFiles(plan);
  const rejectsFile = path.join(dataDir, "rejects.csv");
  const ledger = new RowLedger(rejectsFile, bindings[0].header);
  const staging = openStaging(path.join(dataDir, "import.db"));
  let writer: StoreWriter | null = null;
  try {
    const { rows } = await readRows(plan, bindings, 10 ** currencyExponent(currency), staging, ledger, progress);
    if (ledger.badRows > 0 && !settings.rejectBadRows) throw new ImportRefused(`${ledger.describeBadRows()}\nnothing was imported; --reject-bad-rows leaves such rows out and keeps them in rejects.csv`);
    progress.start("sorting orders", 1);
    const ranked = staging.rank();
    progress.finish();
    if (ranked.lastLocalMs === null) throw new ImportRefused(`${settings.source}: no row is an order`);
    const zone = createZone(mapping.timeZone);
    const shiftedWeeks = settings.shiftToNow ? Math.floor((zone.toLocal(settings.nowMs) - ranked.lastLocalMs) / WEEK_MS) : 0;
    const toInstant = (localMs: number) => zone.toInstant(localMs + shiftedWeeks * WEEK_MS);
    const nowMs = Math.max(toInstant(ranked.lastLocalMs), settings.nowMs);

    for (const { file, line, cells } of staging.listEmptyOrderLines()) ledger.record("left-out", plan.files[file], line, "order without goods", "", readCells(cells));
    writer = openStoreWriter(dataDir);
    const products = writeProducts(staging.listProducts(mapping.productPrice), mapping, toInstant, nowMs, writer, dataDir, progress);
    const written = writeOrders({
      mapping, staging, writer, products, toInstant, nowMs, progress,
      readCountry: createCountryReader(mapping.countries),
      onUnmatched: (line, reason) => ledger.record("unmatched", plan.files[line.file], line.line, reason, "", readCells(line.cells)),
    }, ranked.orders);
    writeShopMeta(writer, {
      shopDomain: settings.shopDomain, shopName: mapping.shopName ?? "Tessera Demo", currency, timeZone: mapping.timeZone, shippingRate: 5 * 10 ** currencyExponent(currency),
      seed: "0", nextOrderNumber: written.nextOrderNumber, source: `imported:${mapping.name}`,
    });
    progress.start("building indexes", 1);
    writer.finish();
    progress.finish();
    const skipped = staging.countSkippedOrders();
    const reasons = (kind: string) => Object.fromEntries(skipped.filter((row) => row.kind === kind).map((row) => [row.reason, row.orders]));
    return {
      counts: writer.counts,
      mapping: mapping.name,
      currency,
      rows: { total: rows, leftOut: Object.fromEntries(ledger.counts["left-out"]), unmatched: Object.fromEntries(ledger.counts.unmatched), rejected: Object.fromEntries(ledger.counts.rejected) },
      orderIds: {
        total: staging.countOrders(), orders: ranked.orders, cancellations: written.returns.cancelled, refunds: written.returns.refunded, unmatchedReturns: written.returns.unmatched,
        withoutGoods: staging.countEmptyOrders(), leftOut: reasons("left-out"), rejected: reasons("rejected"),
      },
      guestOrders: written.guestOrders,
      cancelledOrders: written.cancelledOrders,
      shiftedWeeks,
    };
  } catch (error) {
    writer?.abort();
    ledger.close();
    rmSync(rejectsFile, { force: true });
    rmSync(path.join(dataDir, "images"), { recursive: true, force: true });
    throw error;
  } finally {
    ledger.close();
    staging.close();
  }
}

function readCells(json: string | null): string[] {
  const cells: unknown = json === null ? [] : JSON.parse(json);
  return Array.isArray(cells) ? cells.map(String) : [];
}

/** What came of the rows, for people. */
export function describeImport(report: ImportReport): string {
  const { orderIds, rows } = report;
  const list = (counts: Readonly<Record<string, number>>) => Object.entries(counts).map(([reason, count]) => `    ${String(count).padStart(8)}  ${reason}`);
  const total = (counts: Readonly<Record<string, number>>) => sum(new Map(Object.entries(counts)));
  const section = (title: string, counts: Readonly<Record<string, number>>) => (total(counts) === 0 ? [] : [`  ${title}: ${total(counts)}`, ...list(counts)]);
  return [
    `${rows.total} rows, ${orderIds.total} order ids (mapping ${report.mapping}, ${report.currency})`,
    ...section("rows left out by the mapping", rows.leftOut),
    ...section("rows taken back without a purchase in the data", rows.unmatched),
    ...section("rows rejected", rows.rejected),
    `  order ids: ${orderIds.orders} orders (${report.guestOrders} by guests, ${report.cancelledOrders} cancelled later), ${orderIds.refunds} refunds, ${orderIds.cancellations} cancellations, ` +
      `${orderIds.unmatchedReturns} returns without a purchase, ${orderIds.withoutGoods} without goods, ${total(orderIds.leftOut)} left out, ${total(orderIds.rejected)} rejected`,
    ...(report.shiftedWeeks > 0 ? [`  all times moved forward by ${report.shiftedWeeks} weeks`] : []),
  ].join("\n");
}
