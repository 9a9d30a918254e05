import type { ShopId } from "#app/core/ids.ts";
import type { ExtraColumns } from "#app/engine/segments/evaluate/columns.ts";
import { deriveColumns } from "#app/engine/segments/derive-columns.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { readCustomerFields } from "./customer-fields.server.ts";
import { readAbandonedCheckouts } from "./checkouts.server.ts";
import { readClusterColumn } from "./read-cluster-column.server.ts";
import { readCampaignEvents } from "./read-campaign-events.server.ts";
import { readCustomerColumns } from "./read-customer-columns.server.ts";
import { readOrderColumns } from "./read-order-columns.server.ts";
import { readOrderSources } from "./read-order-sources.server.ts";
import { readPredictionColumns } from "./read-prediction-columns.server.ts";
import { readProductColumns } from "./read-product-columns.server.ts";

/**
 * What queries ask for besides the snapshot, row by row as in the snapshot. An attribute of which the shop has no value at
 * all is left out, so that it says "no data yet". Profiles are worked out when a query first asks for one of their figures.
 */
export async function loadExtraColumns(shopId: ShopId, snapshot: Snapshot): Promise<ExtraColumns> {
  const customers = await readCustomerColumns(shopId, snapshot);
  const predictions = await readPredictionColumns(shopId, snapshot);
  const fields = readCustomerFields(shopId, snapshot);
  const derived = deriveColumns(snapshot, predictions.numbers.predicted_clv ?? null);
  return withSources(readOrderSources(shopId, snapshot), {
    dates: { ...predictions.dates, ...readCheckoutDates(shopId, snapshot), ...fields.dates },
    numbers: joined(joined(joined(predictions.numbers, derived.numbers), fields.numbers), await readClusterColumn(shopId, snapshot)),
    texts: joined(joined(customers.texts, derived.texts), fields.texts),
    monthDays: fields.monthDays,
    lists: joined(customers.lists, derived.lists),
    ...(await readProductColumns(shopId, snapshot)),
    ...(await readOrderColumns(shopId, snapshot)),
    events: await readCampaignEvents(shopId, snapshot),
  });
}

/**
 * The same for a slice (loadCustomersSnapshot), with what a customer's own rows tell: figures that compare with other customers,
 * predictions and offers are left out.
 */
export async function loadSliceColumns(shopId: ShopId, slice: Snapshot): Promise<ExtraColumns> {
  const { texts, lists } = await readCustomerColumns(shopId, slice, true);
  const fields = readCustomerFields(shopId, slice, true);
  const own = { ...fields, dates: { ...readCheckoutDates(shopId, slice, true), ...fields.dates }, texts: { ...texts, ...fields.texts }, lists };
  return withSources(readOrderSources(shopId, slice, true), { ...own, ...(await readProductColumns(shopId, slice)), ...(await readOrderColumns(shopId, slice, true)) });
}

function readCheckoutDates(shopId: ShopId, snapshot: Snapshot, isSlice = false): Record<string, Float64Array> {
  const values = readAbandonedCheckouts(shopId, snapshot, isSlice);
  return values ? { abandoned_checkout_date: values } : {};
}

/** Getters stay getters, as in `joined`. */
function withSources(sources: ExtraColumns, others: ExtraColumns): ExtraColumns {
  return Object.defineProperties({ ...others }, Object.getOwnPropertyDescriptors(sources));
}

/** Getters stay getters: a spread would work all of them out. */
function joined<T>(own: Readonly<Record<string, T>>, lazy: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const all: Record<string, T> = {};
  for (const part of [own, lazy]) Object.defineProperties(all, Object.getOwnPropertyDescriptors(part));
  return all;
}
