import type { CodedColumn, Snapshot } from "../snapshot/snapshot.ts";
import type { Affinity, Tastes } from "./affinity.ts";
import type { Anniversaries } from "./anniversaries.ts";
import type { BuyerSigns } from "./buyer-signs.ts";
import type { BuyingHabits } from "./buying-habits.ts";
import type { BuyingHistory } from "./buying-history.ts";
import type { Cadence } from "./cadence.ts";
import type { CustomerSelection } from "./customer-view.ts";
import { finishProfiles } from "./finish-profiles.ts";
import type { OptionTastes } from "./option-tastes.ts";
import type { OrderFigures } from "./order-figures.ts";
import type { Orientation } from "./orientation.ts";
import type { PriceSensitivity } from "./price-sensitivity.ts";
import type { OrderChannels, ProfileExtras } from "./profile-extras.ts";
import { measureShop, type ProfileShop } from "./profile-shop.ts";
import { allocateRawProfiles, fillRawProfiles } from "./raw-profiles.ts";
import { computeShopMix } from "./shop-mix.ts";
import type { Variety } from "./variety.ts";

/** Raised when the meaning of a figure changes; to be kept with stored profiles. */
export const PROFILE_VERSION = 2;

/** One row per selected customer in every column. docs/models/profile.md defines the figures; profileLineage says where each is from. */
export interface CustomerProfiles {
  readonly asOfMs: number;
  /** Row in the snapshot of each row here. */
  readonly rows: Int32Array;
  readonly history: BuyingHistory;
  /** Days from the first order to `asOfMs`; NaN without orders. */
  readonly tenureDays: Float64Array;
  /** 1..5, 0 without orders: shopifyGroupOf and classicGroupOf (rfm-schemes.ts) make two of the three schemes of them. */
  readonly r: Uint8Array;
  readonly f: Uint8Array;
  readonly m: Uint8Array;
  /** The third scheme: index into thirdsGroups. */
  readonly thirds: Uint8Array;
  readonly cadence: Cadence;
  /** Index into lifecycleStages. */
  readonly stage: Uint8Array;
  /** Index into valueTiers. */
  readonly tier: Uint8Array;
  readonly figures: OrderFigures;
  readonly sensitivity: PriceSensitivity;
  /** Codes of products.type, products.vendor, and price bands 0..4. */
  readonly typeAffinity: Affinity;
  readonly vendorAffinity: Affinity;
  readonly bandAffinity: Affinity;
  readonly tastes: Tastes;
  readonly variety: Variety;
  readonly habits: BuyingHabits;
  /** Whose time zone days and hours of the habits are in: index into zoneSources. */
  readonly zoneSource: Uint8Array;
  readonly orientation: Orientation;
  readonly signs: BuyerSigns;
  readonly anniversaries: Anniversaries;
  /** As Shopify keeps them; sms is null where the store has not been asked for it. */
  readonly consent: { readonly email: CodedColumn; readonly sms: CodedColumn | null };
  /** Null without data on where orders came from, or on the variants bought. */
  readonly channels: OrderChannels | null;
  readonly options: OptionTastes | null;
}

/**
 * Profiles of a range of customers or of a list of rows. With the shop of the same snapshot, parts joined together are what one
 * run over all customers gives. Linear in the selection's orders and lines, plus one look at the flags of all orders.
 */
export function computeProfiles(snapshot: Snapshot, shop: ProfileShop, selection: CustomerSelection = { from: 0, to: snapshot.customers.count }, extras: ProfileExtras = {}): CustomerProfiles {
  const rows = "rows" in selection ? selection.rows : Int32Array.from({ length: selection.to - selection.from }, (_, i) => selection.from + i);
  const raw = allocateRawProfiles(rows.length);
  fillRawProfiles({ snapshot, mix: shop, province: extras.province ?? null, selection, raw, needsGaps: false });
  return finishProfiles({ snapshot, shop, extras, raw, rows });
}

export interface WholeProfiles {
  readonly shop: ProfileShop;
  readonly profiles: CustomerProfiles;
}

/** The shop's figures and every customer's profile: orders and lines are read once for the shop and once for the customers. On all cores: compute-profiles-on-cores.server.ts. */
export function computeWholeProfiles(snapshot: Snapshot, extras: ProfileExtras = {}): WholeProfiles {
  const { count } = snapshot.customers;
  const mix = computeShopMix(snapshot);
  const raw = allocateRawProfiles(count);
  const sums = fillRawProfiles({ snapshot, mix, province: extras.province ?? null, selection: { from: 0, to: count }, raw, needsGaps: true });
  const shop = measureShop(snapshot, mix, raw, [sums]);
  return { shop, profiles: finishProfiles({ snapshot, shop, extras, raw, rows: Int32Array.from({ length: count }, (_, row) => row) }) };
}
