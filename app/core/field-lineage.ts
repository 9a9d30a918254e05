import { profileFieldNames, profileFields, type ProfileFieldName } from "./profile-fields.ts";
import type { FieldLineage } from "./profile-views.ts";

const orders: FieldLineage = { sources: ["Order"], window: "all" };
const lines: FieldLineage = { sources: ["Order", "OrderLine"], window: "all" };
const products: FieldLineage = { sources: ["Order", "OrderLine", "Product"], window: "all" };
const tastes: FieldLineage = { sources: ["Order", "OrderLine", "Product"], window: "halved" };
const zoned: FieldLineage = { sources: ["Customer", "Order"], window: "all" };
const customer: FieldLineage = { sources: ["Customer"], window: "now" };
const variants: FieldLineage = { sources: ["Order", "OrderLine", "Variant"], window: "all" };

/** Where the figures come from that are not read from orders alone; tests/contract/profile-lineage.test.ts holds this against the engine's own list. */
const others: Partial<Record<ProfileFieldName, FieldLineage>> = {
  cadenceDays: products, cadenceSource: products, cadenceConfidence: orders, stage: products,
  tier: { sources: ["Order", "OrderLine", "Product", "Variant"], window: "all" }, units: lines, marginMinor: variants, marginCoverage: variants,
  cancelShare: { sources: ["Order"], window: "allButTests" }, depthCounts: lines, meanDepth: lines, maxDepth: lines, fullPriceShare: lines,
  discountDependence: { sources: ["Order"], window: "halved" },
  typeAffinity: tastes, typeAffinityScore: tastes, vendorAffinity: tastes, vendorAffinityScore: tastes, bandAffinity: tastes, bandAffinityScore: tastes, priceLevel: tastes, vendorFocus: tastes,
  variety: products, newProductSeeking: products, optionTaste: variants, optionTasteShare: variants, size: variants, sizesBought: variants,
  weekday: zoned, hour: zoned, season: zoned, zoneSource: customer, bulkShare: lines, giftLikeShare: products,
  novelty: products, quality: products, loyalty: products, household: { sources: ["Order", "OrderLine", "Product", "Variant"], window: "all" },
  business: { sources: ["Customer", "Order", "OrderLine"], window: "all" },
  firstOrderInDays: zoned, birthdayInDays: customer, cluster: { sources: ["Order", "OrderLine", "Product"], window: "all" },
};

export function lineageOf(name: ProfileFieldName): FieldLineage {
  const known = others[name];
  if (known) return known;
  const { group } = profileFields[name];
  if (group === "contact") return customer;
  return group === "predictions" ? { sources: ["Order", "model"], window: "model" } : orders;
}

/** Figures that a lineage is shown of: parts of another one are said with it. */
export const lineageFields = profileFieldNames.filter((name) => !/(Score|Low|High|FromAt|ToAt|From|To|FromMinor|ToMinor)$/.test(name) || name === "thirdsGroup");
