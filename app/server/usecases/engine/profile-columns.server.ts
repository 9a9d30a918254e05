import { classicGroups, shopifyGroups } from "#app/core/customer-groups.ts";
import type { ProfileFieldName } from "#app/core/profile-fields.ts";
import { cadenceSources } from "#app/engine/features/cadence.ts";
import type { CustomerProfiles } from "#app/engine/features/compute-profiles.ts";
import { lifecycleStages } from "#app/engine/features/lifecycle.ts";
import { classicGroupOf, shopifyGroupOf } from "#app/engine/features/rfm-schemes.ts";
import { valueTiers } from "#app/engine/features/value-tiers.ts";
import { gatherCodes } from "#app/engine/features/customer-view.ts";
import type { ProfileExtras } from "#app/engine/features/profile-extras.ts";
import { thirdsGroups } from "#app/engine/features/rfm-thirds.ts";
import { zoneSources } from "#app/engine/features/customer-zones.ts";
import type { CodedColumn, Snapshot } from "#app/engine/snapshot/snapshot.ts";

/** One field of many customers: `width` values a customer in the field's own unit, NaN (or a negative code) where there is nothing to say. */
export interface SourceColumn {
  readonly values: ArrayLike<number>;
  /** What codes stand for. */
  readonly texts?: readonly string[];
}

export type SourceColumns = Partial<Readonly<Record<ProfileFieldName, SourceColumn>>>;

export const priceBandNames = ["1", "2", "3", "4", "5"] as const;

/** Figures that orders alone give. Codes are those of the snapshot the profiles are of. */
export function listProfileColumns(profiles: CustomerProfiles, { products, customers }: Snapshot, { province }: ProfileExtras = {}): SourceColumns {
  const { history, cadence, figures, sensitivity, typeAffinity, vendorAffinity, bandAffinity, variety, habits, tastes, orientation, signs, anniversaries, consent, channels, options, r, f, m } = profiles;
  const ofBuyers = (values: ArrayLike<number>) => maskNonBuyers(values, history.ordersCount);
  return {
    ordersCount: { values: history.ordersCount },
    monetaryMinor: { values: history.monetaryMinor },
    lastOrderAt: { values: history.lastOrderAtMs },
    firstOrderAt: { values: history.firstOrderAtMs },
    recencyDays: { values: history.recencyDays },
    tenureDays: { values: profiles.tenureDays },
    stage: { values: profiles.stage, texts: lifecycleStages },
    tier: { values: profiles.tier, texts: valueTiers },
    averageOrderMinor: { values: figures.averageOrderMinor },
    units: { values: figures.units },
    marginMinor: { values: figures.marginMinor },
    marginCoverage: { values: figures.marginCoverage },
    refundedMinor: { values: history.refundedMinor },
    refundShare: { values: figures.refundShare },
    cancelShare: { values: figures.cancelShare },
    cadenceDays: { values: ofBuyers(cadence.cadenceDays) },
    cadenceSource: { values: ofBuyers(cadence.source), texts: cadenceSources },
    cadenceConfidence: { values: ofBuyers(cadence.confidence) },
    meanGapDays: { values: cadence.meanDays },
    gapSpreadDays: { values: cadence.spreadDays },
    lastGapDays: { values: cadence.lastGapDays },
    r: { values: ofBuyers(r) },
    f: { values: ofBuyers(f) },
    m: { values: ofBuyers(m) },
    shopifyGroup: { values: groupCodes(r, f, m, shopifyGroupOf, shopifyGroups, shopifyGroups.indexOf("PROSPECTS")), texts: shopifyGroups },
    classicGroup: { values: groupCodes(r, f, m, classicGroupOf, classicGroups, -1), texts: classicGroups },
    discountShare: { values: figures.discountShare },
    fullPriceShare: { values: figures.fullPriceShare },
    meanDepth: { values: figures.meanDepth },
    maxDepth: { values: figures.maxDepth },
    depthCounts: { values: figures.depthCounts },
    priceSensitivity: { values: sensitivity.ratio },
    priceSensitivityLow: { values: sensitivity.low },
    priceSensitivityHigh: { values: sensitivity.high },
    discountDependence: { values: sensitivity.dependence },
    typeAffinity: { values: typeAffinity.code, texts: products.type.names },
    typeAffinityScore: { values: typeAffinity.score },
    vendorAffinity: { values: vendorAffinity.code, texts: products.vendor.names },
    vendorAffinityScore: { values: vendorAffinity.score },
    bandAffinity: { values: bandAffinity.code, texts: priceBandNames },
    bandAffinityScore: { values: bandAffinity.score },
    variety: { values: variety.variety },
    newProductSeeking: { values: variety.newProductSeeking },
    weekday: { values: habits.weekday },
    hour: { values: habits.hour },
    season: { values: habits.season },
    bulkShare: { values: habits.bulkShare },
    giftLikeShare: { values: habits.giftLikeShare },
    thirdsGroup: { values: profiles.thirds, texts: thirdsGroups },
    priceLevel: { values: tastes.priceLevel },
    vendorFocus: { values: tastes.vendorFocus },
    zoneSource: { values: ofBuyers(profiles.zoneSource), texts: zoneSources },
    firstOrderInDays: { values: anniversaries.firstOrderInDays },
    novelty: { values: orientation.novelty },
    deal: { values: orientation.deal },
    quality: { values: orientation.quality },
    loyalty: { values: orientation.loyalty },
    household: { values: signs.household },
    business: { values: signs.business },
    emailConsent: coded(consent.email),
    country: coded(gatherCodes(customers.country, profiles.rows)),
    ...(anniversaries.birthdayInDays ? { birthdayInDays: { values: anniversaries.birthdayInDays } } : {}),
    ...(consent.sms ? { smsConsent: coded(consent.sms) } : {}),
    ...(province ? { province: coded(gatherCodes(province, profiles.rows)) } : {}),
    ...(channels ? { firstChannel: coded(channels.first), mainChannel: coded(channels.main), mainChannelShare: { values: channels.mainShare } } : {}),
    ...(options
      ? {
          optionTaste: { values: options.value, texts: options.names }, optionTasteShare: { values: options.share }, size: { values: options.size, texts: options.names },
          sizesBought: { values: options.sizes },
        }
      : {}),
  };
}

const coded = ({ codes, names }: CodedColumn): SourceColumn => ({ values: codes, texts: names });

function maskNonBuyers(values: ArrayLike<number>, orders: Int32Array): Float64Array {
  const masked = new Float64Array(orders.length);
  for (let row = 0; row < masked.length; row++) masked[row] = orders[row] > 0 ? values[row] : NaN;
  return masked;
}

/** 125 codes are looked up once; customers without an order have `ofNone`. */
function groupCodes<Group extends string>(r: Uint8Array, f: Uint8Array, m: Uint8Array, groupOf: (r: number, f: number, m: number) => Group, groups: readonly Group[], ofNone: number): Float64Array {
  const known = new Int16Array(6 * 6 * 6).fill(-1);
  const codes = new Float64Array(r.length);
  for (let row = 0; row < codes.length; row++) {
    if (r[row] === 0) {
      codes[row] = ofNone;
      continue;
    }
    const place = (r[row] * 6 + f[row]) * 6 + m[row];
    if (known[place] < 0) known[place] = groups.indexOf(groupOf(r[row], f[row], m[row]));
    codes[row] = known[place];
  }
  return codes;
}
