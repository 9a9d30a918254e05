/** Shopify's own RFM groups (enum CustomerRfmGroup), best first; PROSPECTS are customers without an order. */
export const shopifyGroups = [
  "CHAMPIONS", "LOYAL", "ACTIVE", "NEW", "PROMISING", "NEEDS_ATTENTION", "ALMOST_LOST", "AT_RISK", "PREVIOUSLY_LOYAL", "DORMANT", "PROSPECTS",
] as const;
export type ShopifyGroup = (typeof shopifyGroups)[number];

/** The 11 segments that partition the 125 R-F-M codes exactly (Squeezely's list); customers without an order have none. */
export const classicGroups = [
  "CHAMPIONS", "LOYAL", "POTENTIAL_LOYALIST", "NEW_CUSTOMERS", "PROMISING", "NEED_ATTENTION", "ABOUT_TO_SLEEP", "AT_RISK", "CANNOT_LOSE_THEM", "HIBERNATING", "LOST",
] as const;
export type ClassicGroup = (typeof classicGroups)[number];
