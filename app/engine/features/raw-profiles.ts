import type { CodedColumn, Snapshot } from "../snapshot/snapshot.ts";
import { AffinityFinder, affinityShape, fillAffinities, tastesShape } from "./affinity.ts";
import { fillBuyingHistory, historyShape } from "./buying-history.ts";
import { habitsShape, HabitFinder } from "./buying-habits.ts";
import { fillGaps, GapList, gapsShape } from "./cadence.ts";
import { allocateColumns, sliceColumns, type ColumnsOf, type TableShape } from "./columns.ts";
import { computeCustomerZones } from "./customer-zones.ts";
import { gatherCodes, viewCustomers, type CustomerSelection } from "./customer-view.ts";
import { countCancelled, figuresShape, fillOrderFigures } from "./order-figures.ts";
import { bandProducts } from "./price-bands.ts";
import { discountTallyShape, tallyDiscounts, type DiscountSpread } from "./price-sensitivity.ts";
import { BLOCK_CUSTOMERS, BlockPacker } from "./profile-block.ts";
import { ShopCalendar } from "./shop-calendar.ts";
import type { ShopMix } from "./shop-mix.ts";
import { fillVariety, varietyShape } from "./variety.ts";

/** What each customer's own orders say, beside the shop's mix; finish-profiles.ts makes profiles of it. One row per selected customer. */
export interface RawProfiles {
  readonly history: ColumnsOf<typeof historyShape>;
  readonly gaps: ColumnsOf<typeof gapsShape>;
  readonly figures: ColumnsOf<typeof figuresShape>;
  readonly discounts: ColumnsOf<typeof discountTallyShape>;
  readonly typeAffinity: ColumnsOf<typeof affinityShape>;
  readonly vendorAffinity: ColumnsOf<typeof affinityShape>;
  readonly bandAffinity: ColumnsOf<typeof affinityShape>;
  readonly tastes: ColumnsOf<typeof tastesShape>;
  readonly variety: ColumnsOf<typeof varietyShape>;
  readonly habits: ColumnsOf<typeof habitsShape>;
}

/** Shared columns can be filled by several threads, each its own rows. */
export function allocateRawProfiles(count: number, isShared = false): RawProfiles {
  const of = <S extends TableShape>(shape: S) => allocateColumns(shape, count, isShared);
  return {
    history: of(historyShape), gaps: of(gapsShape), figures: of(figuresShape), discounts: of(discountTallyShape), typeAffinity: of(affinityShape), vendorAffinity: of(affinityShape),
    bandAffinity: of(affinityShape), tastes: of(tastesShape), variety: of(varietyShape), habits: of(habitsShape),
  };
}

export interface RawWork {
  readonly snapshot: Snapshot;
  readonly mix: ShopMix;
  readonly province: CodedColumn | null;
  readonly selection: CustomerSelection;
  /** Row 0 is the first selected customer, unless `at` says otherwise. */
  readonly raw: RawProfiles;
  readonly at?: number;
  /** Whether the gaps themselves are wanted, for medians. */
  readonly needsGaps: boolean;
}

/** What parts of a shop add up to. */
export interface RawSums extends DiscountSpread {
  readonly buyers: number;
  /** Days of all gaps, in the order of the customers; empty where they were not wanted. */
  readonly gapDays: Float64Array;
}

/** Fills the rows of a selection, block by block. Linear in its orders and lines, plus one look at the flags of all orders. Also the task of a thread. */
export function fillRawProfiles({ snapshot, mix, province, selection, raw, at = 0, needsGaps }: RawWork): RawSums {
  const { rows, snapshot: chosen } = viewCustomers(snapshot, selection);
  const calendar = new ShopCalendar(snapshot);
  const zones = computeCustomerZones(chosen.customers.country, province && gatherCodes(province, rows), snapshot.timeZone);
  const cancelled = countCancelled(snapshot);
  const packer = new BlockPacker(calendar);
  const habits = new HabitFinder(snapshot, calendar, mix.bulkUnits);
  const { type, vendor } = snapshot.products;
  const finders = {
    type: new AffinityFinder(type.codes, sharesByCode(type, mix.typeShares)),
    vendor: new AffinityFinder(vendor.codes, sharesByCode(vendor, mix.vendorShares)),
    band: new AffinityFinder(bandProducts(snapshot, mix.priceCuts), mix.bandShares),
  };
  const gaps = needsGaps ? new GapList() : null;
  const sums = { beyond: 0, scale: 0 };
  let buyers = 0;
  for (let from = 0; from < rows.length; from += BLOCK_CUSTOMERS) {
    const to = Math.min(rows.length, from + BLOCK_CUSTOMERS);
    const block = packer.pack(viewCustomers(chosen, { from, to }).snapshot, { ...zones, code: zones.code.subarray(from, to) });
    const out = <S extends TableShape>(shape: S, columns: ColumnsOf<S>) => sliceColumns(shape, columns, at + from, at + to);
    buyers += fillBuyingHistory(block.snapshot, calendar, out(historyShape, raw.history));
    fillGaps(block.snapshot, out(gapsShape, raw.gaps), gaps);
    fillOrderFigures(block, Int32Array.from(rows.subarray(from, to), (row) => cancelled[row]), out(figuresShape, raw.figures));
    tallyDiscounts(block, mix.weeks, out(discountTallyShape, raw.discounts), sums);
    const affinities = { type: out(affinityShape, raw.typeAffinity), vendor: out(affinityShape, raw.vendorAffinity), band: out(affinityShape, raw.bandAffinity) };
    fillAffinities(block, finders, affinities, out(tastesShape, raw.tastes));
    fillVariety(block, mix.newProductShare, out(varietyShape, raw.variety));
    habits.fill(block, out(habitsShape, raw.habits));
  }
  return { buyers, ...sums, gapDays: gaps?.finish().slice() ?? new Float64Array(0) };
}

/** A name that came after the shop's figures has a share of 0, which the affinity's bound makes very small. */
function sharesByCode({ names }: CodedColumn, shares: ReadonlyMap<string, number>): Float64Array {
  return Float64Array.from(names, (name) => shares.get(name) ?? 0);
}
