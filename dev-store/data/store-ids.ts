/** Where each kind of id begins: as long as Shopify's, apart from each other, far below 2^53. */
export const FIRST_ID = {
  shop: 68_400_000_001,
  product: 7_100_000_000_000,
  variant: 41_000_000_000_000,
  inventoryItem: 43_000_000_000_000,
  collection: 391_000_000_000,
  customer: 6_200_000_000_000,
  order: 5_300_000_000_000,
  lineItem: 13_000_000_000_000,
  refund: 860_000_000_000,
  refundLineItem: 390_000_000_000,
  discount: 1_300_000_000_000,
  redeemCode: 15_000_000_000_000,
} as const;
