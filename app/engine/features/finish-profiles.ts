import { DAY_MS } from "#app/core/time.ts";
import type { CodedColumn, Snapshot } from "../snapshot/snapshot.ts";
import { computeAnniversaries } from "./anniversaries.ts";
import { computeBuyerSigns } from "./buyer-signs.ts";
import { finishCadence } from "./cadence.ts";
import { allocateColumns } from "./columns.ts";
import type { CustomerProfiles } from "./compute-profiles.ts";
import { computeCustomerZones } from "./customer-zones.ts";
import { gatherCodes } from "./customer-view.ts";
import { computeLifecycle } from "./lifecycle.ts";
import { computeOptionTastes } from "./option-tastes.ts";
import { computeOrientation } from "./orientation.ts";
import { fillPriceSensitivity, sensitivityShape } from "./price-sensitivity.ts";
import type { ProfileExtras } from "./profile-extras.ts";
import type { ProfileShop } from "./profile-shop.ts";
import type { RawProfiles } from "./raw-profiles.ts";
import { scoreAscending } from "./rfm-cuts.ts";
import { computeThirds } from "./rfm-thirds.ts";
import { ShopCalendar } from "./shop-calendar.ts";
import { placeInTiers } from "./value-tiers.ts";

export interface FinishWork {
  readonly snapshot: Snapshot;
  readonly shop: ProfileShop;
  readonly extras: ProfileExtras;
  readonly raw: RawProfiles;
  /** Row in the snapshot of each row of `raw`. */
  readonly rows: Int32Array;
}

/** Profiles from what the customers' own orders say and from what the shop holds them against. Reads no order. */
export function finishProfiles({ snapshot, shop, extras, raw, rows }: FinishWork): CustomerProfiles {
  const { figures, tastes, variety, habits } = raw;
  const count = rows.length;
  const history = { count, buyers: countBuyers(raw.history.ordersCount), ...raw.history };
  const cadence = finishCadence(raw.gaps, shop.cadence, snapshot.products.type.names);
  const sensitivity = allocateColumns(sensitivityShape, count);
  fillPriceSensitivity(raw.discounts, shop.climate, sensitivity);
  const gather = (column: CodedColumn | null | undefined) => (column ? gatherCodes(column, rows) : null);
  const options = extras.variants ? computeOptionTastes(extras.variants, rows) : null;
  const calendar = new ShopCalendar(snapshot);
  const birthday = extras.birthday ?? null;
  const channels = extras.channels ?? null;
  return {
    asOfMs: snapshot.asOfMs,
    rows,
    history,
    tenureDays: history.firstOrderAtMs.map((atMs) => Math.max(0, snapshot.asOfMs - atMs) / DAY_MS),
    ...scoreRfm(raw, shop),
    thirds: computeThirds(history, shop.thirdsCuts),
    cadence,
    stage: computeLifecycle(history, cadence, shop.silence),
    tier: placeInTiers(shop.tiers.basis === "margin" ? figures.marginMinor : history.monetaryMinor, shop.tiers),
    figures,
    sensitivity,
    typeAffinity: raw.typeAffinity,
    vendorAffinity: raw.vendorAffinity,
    bandAffinity: raw.bandAffinity,
    tastes,
    variety,
    habits,
    zoneSource: computeCustomerZones(gatherCodes(snapshot.customers.country, rows), gather(extras.province), snapshot.timeZone).source,
    orientation: computeOrientation({ history, variety, sensitivity, figures, tastes, cadence, silence: shop.silence }),
    signs: computeBuyerSigns({ history, habits, figures, variety, options, emailDomain: gather(extras.emailDomain) }),
    anniversaries: computeAnniversaries(calendar, history.firstOrderAtMs, birthday && Uint16Array.from(rows, (row) => birthday[row])),
    consent: { email: gatherCodes(snapshot.customers.emailConsent, rows), sms: gather(extras.smsConsent) },
    channels: channels && { first: gatherCodes(channels.first, rows), main: gatherCodes(channels.main, rows), mainShare: Float64Array.from(rows, (row) => channels.mainShare[row]) },
    options,
  };
}

function countBuyers(ordersCount: Int32Array): number {
  let buyers = 0;
  for (let row = 0; row < ordersCount.length; row++) if (ordersCount[row] > 0) buyers++;
  return buyers;
}

function scoreRfm({ history }: RawProfiles, { rfmCuts }: ProfileShop): { r: Uint8Array; f: Uint8Array; m: Uint8Array } {
  const count = history.ordersCount.length;
  const scores = { r: new Uint8Array(count), f: new Uint8Array(count), m: new Uint8Array(count) };
  if (!rfmCuts) return scores;
  for (let row = 0; row < count; row++) {
    if (history.ordersCount[row] === 0) continue;
    scores.r[row] = 6 - scoreAscending(history.recencyDays[row], rfmCuts.recencyDays, "value");
    scores.f[row] = scoreAscending(history.ordersCount[row], rfmCuts.orders, "value");
    scores.m[row] = scoreAscending(history.monetaryMinor[row], rfmCuts.monetaryMinor, "value");
  }
  return scores;
}
