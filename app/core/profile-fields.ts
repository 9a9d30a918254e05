/** Every figure of a stored profile: how it is kept and how it is shown. Lists, exports and pages know a figure by its name here. */

/** Numbers of a block are typed columns; the largest value (NaN of floats) stands for "nothing to say". */
export type FieldStore = "u8" | "u16" | "u32" | "f32" | "f64" | "share" | "seconds";

/** "part" counts are of several values a customer (weekdays, hours); "name" is a text of the block's own dictionary. */
export type FieldKind = "count" | "money" | "days" | "share" | "number" | "instant" | "score" | "choice" | "name" | "part";

export const fieldGroups = ["essentials", "value", "predictions", "cadence", "rfm", "discounts", "taste", "habits", "leanings", "contact", "group"] as const;
export type FieldGroup = (typeof fieldGroups)[number];

export interface ProfileField {
  readonly group: FieldGroup;
  readonly kind: FieldKind;
  readonly store: FieldStore;
  /** Values a customer; 1 when not said. */
  readonly width?: number;
}

const field = (group: FieldGroup, kind: FieldKind, store: FieldStore, width = 1): ProfileField => ({ group, kind, store, width });

export const profileFields = {
  ordersCount: field("essentials", "count", "u32"),
  monetaryMinor: field("essentials", "money", "f64"),
  lastOrderAt: field("essentials", "instant", "seconds"),
  firstOrderAt: field("essentials", "instant", "seconds"),
  recencyDays: field("essentials", "days", "u16"),
  tenureDays: field("essentials", "days", "u16"),
  stage: field("essentials", "choice", "u8"),
  tier: field("value", "choice", "u8"),
  averageOrderMinor: field("value", "money", "f64"),
  units: field("value", "count", "u32"),
  marginMinor: field("value", "money", "f64"),
  marginCoverage: field("value", "share", "share"),
  refundedMinor: field("value", "money", "f64"),
  refundShare: field("value", "share", "share"),
  cancelShare: field("value", "share", "share"),
  expectedOrders90d: field("predictions", "number", "f32"),
  orders90dFrom: field("predictions", "count", "u16"),
  orders90dTo: field("predictions", "count", "u16"),
  expectedOrders365d: field("predictions", "number", "f32"),
  orders365dFrom: field("predictions", "count", "u16"),
  orders365dTo: field("predictions", "count", "u16"),
  expectedRevenue365dMinor: field("predictions", "money", "f64"),
  revenue365dFromMinor: field("predictions", "money", "f64"),
  revenue365dToMinor: field("predictions", "money", "f64"),
  totalValueMinor: field("predictions", "money", "f64"),
  pAlive: field("predictions", "share", "share"),
  churn: field("predictions", "share", "share"),
  nextOrderAt: field("predictions", "instant", "seconds"),
  nextOrderFromAt: field("predictions", "instant", "seconds"),
  nextOrderToAt: field("predictions", "instant", "seconds"),
  nextType: field("predictions", "name", "u16"),
  nextTypeChance: field("predictions", "share", "share"),
  cadenceDays: field("cadence", "days", "f32"),
  cadenceSource: field("cadence", "choice", "u8"),
  cadenceConfidence: field("cadence", "share", "share"),
  meanGapDays: field("cadence", "days", "f32"),
  gapSpreadDays: field("cadence", "days", "f32"),
  lastGapDays: field("cadence", "days", "f32"),
  r: field("rfm", "score", "u8"),
  f: field("rfm", "score", "u8"),
  m: field("rfm", "score", "u8"),
  shopifyGroup: field("rfm", "choice", "u8"),
  classicGroup: field("rfm", "choice", "u8"),
  thirdsGroup: field("rfm", "choice", "u8"),
  discountShare: field("discounts", "share", "share"),
  fullPriceShare: field("discounts", "share", "share"),
  meanDepth: field("discounts", "share", "share"),
  maxDepth: field("discounts", "share", "share"),
  depthCounts: field("discounts", "part", "u16", 5),
  priceSensitivity: field("discounts", "number", "f32"),
  priceSensitivityLow: field("discounts", "number", "f32"),
  priceSensitivityHigh: field("discounts", "number", "f32"),
  discountDependence: field("discounts", "share", "share"),
  typeAffinity: field("taste", "name", "u16", 3),
  typeAffinityScore: field("taste", "part", "f32", 3),
  vendorAffinity: field("taste", "name", "u16", 3),
  vendorAffinityScore: field("taste", "part", "f32", 3),
  bandAffinity: field("taste", "choice", "u8", 3),
  bandAffinityScore: field("taste", "part", "f32", 3),
  variety: field("taste", "share", "share"),
  newProductSeeking: field("taste", "number", "f32"),
  priceLevel: field("taste", "share", "share"),
  vendorFocus: field("taste", "share", "share"),
  optionTaste: field("taste", "name", "u16", 3),
  optionTasteShare: field("taste", "part", "share", 3),
  size: field("taste", "name", "u16"),
  sizesBought: field("taste", "count", "u8"),
  weekday: field("habits", "part", "u16", 7),
  hour: field("habits", "part", "u16", 24),
  season: field("habits", "part", "u16", 4),
  bulkShare: field("habits", "share", "share"),
  giftLikeShare: field("habits", "share", "share"),
  zoneSource: field("habits", "choice", "u8"),
  firstChannel: field("habits", "name", "u16"),
  mainChannel: field("habits", "name", "u16"),
  mainChannelShare: field("habits", "share", "share"),
  firstOrderInDays: field("habits", "days", "u16"),
  birthdayInDays: field("habits", "days", "u16"),
  novelty: field("leanings", "share", "share"),
  deal: field("leanings", "share", "share"),
  quality: field("leanings", "share", "share"),
  loyalty: field("leanings", "share", "share"),
  household: field("leanings", "share", "share"),
  business: field("leanings", "share", "share"),
  emailConsent: field("contact", "name", "u16"),
  smsConsent: field("contact", "name", "u16"),
  country: field("contact", "name", "u16"),
  province: field("contact", "name", "u16"),
  cluster: field("group", "choice", "u8"),
} as const satisfies Readonly<Record<string, ProfileField>>;

export type ProfileFieldName = keyof typeof profileFields;
export const profileFieldNames = Object.keys(profileFields) as readonly ProfileFieldName[];

export function isProfileFieldName(text: string): text is ProfileFieldName {
  return Object.hasOwn(profileFields, text);
}

/** Only the first of several names is a list's; parts of a whole (weekdays, hours) are none. */
export const listFieldNames = profileFieldNames.filter((name) => profileFields[name].kind !== "part");

/** One value of a stored profile: a text of a choice or name, else a number in its own unit (money in minor units, instants in ms, shares 0..1). */
export type ProfileValue = number | string | null;
