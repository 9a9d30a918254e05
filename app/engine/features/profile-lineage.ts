export interface FigureLineage {
  /** Tables of the app's store that the figure is read from. */
  readonly sources: readonly ("Customer" | "Order" | "OrderLine" | "Product" | "Variant" | "StorefrontEvent")[];
  readonly window: string;
  readonly formula: string;
}

const HISTORY = "all orders that count";
const HALVED = "all orders that count, half as much weight after every 180 days";
const orders = (formula: string, window = HISTORY): FigureLineage => ({ sources: ["Order"], window, formula });
const lines = (formula: string, window = HISTORY): FigureLineage => ({ sources: ["Order", "OrderLine"], window, formula });
const zoned = (formula: string): FigureLineage => ({ sources: ["Customer", "Order"], window: HISTORY, formula });
const products = (formula: string, window = HISTORY): FigureLineage => ({ sources: ["Order", "OrderLine", "Product"], window, formula });

/** Where each figure of a profile is from, for people. Orders count when they are neither cancelled, nor tests, nor deleted. */
export const profileLineage = {
  recencyDays: orders("whole days of the shop's calendar since the last order"),
  ordersCount: orders("number of orders"),
  monetaryMinor: orders("sum of order totals after discounts and refunds"),
  rfm: orders("fifth of the shop's buyers by recency, orders and money; equal values have equal scores"),
  thirds: orders("third of the shop's buyers by recency, orders and money, in six groups; equal values have equal scores"),
  tenureDays: orders("days since the first order"),
  cadence: products("mean days between the customer's orders from two gaps on; below that the median gap of their main product type, else of the shop, else 90 days"),
  stage: products("silence and the last gap as multiples of the cadence, against the multiples that 80 % and 95 % of the shop's gaps stay under; then the number of orders"),
  tier: { sources: ["Order", "OrderLine", "Product", "Variant"], window: HISTORY, formula: "A: the first 80 % of all customers' margin, B: the next 15 %, C: the rest; by revenue where costs are known for less than 80 % of it" },
  averageOrderMinor: orders("money kept by number of orders"),
  units: lines("units kept after refunds and edits"),
  marginMinor: { sources: ["Order", "OrderLine", "Variant"], window: HISTORY, formula: "kept line revenue less cost, over lines whose cost is known" },
  refundShare: orders("money refunded by money once paid"),
  cancelShare: orders("cancelled orders by all orders", "all orders but tests"),
  discountShare: orders("orders with a discount by all orders"),
  depthCounts: lines("orders by discount as a share of their list price: none, to 10 %, to 20 %, to 30 %, more"),
  meanDepth: lines("mean discount share of the discounted orders"),
  fullPriceShare: lines("list value of lines bought without a discount by list value of all lines"),
  priceSensitivity: orders("discounted orders by those expected from the shop's share in the same weeks, shrunk to 1, with a 90 % interval"),
  discountDependence: orders("share of discounted orders, shrunk to the shop's share by two orders", HALVED),
  typeAffinity: products("log-odds of a product type among the customer's lines against the shop's, shrunk by five lines", HALVED),
  vendorAffinity: products("log-odds of a vendor among the customer's lines against the shop's, shrunk by five lines", HALVED),
  bandAffinity: products("log-odds of a fifth of the shop's list prices among the customer's lines against the shop's, shrunk by five lines", HALVED),
  variety: products("entropy of the product types bought by the greatest possible; 0 = always the same, 1 = always another"),
  newProductSeeking: products("share of lines whose product was at most 60 days old, shrunk by five lines, less the shop's share"),
  weekday: zoned("orders by weekday in the customer's own time zone: that of their province, else of their country, else the shop's"),
  hour: zoned("orders by hour in the customer's own time zone: that of their province, else of their country, else the shop's"),
  season: zoned("orders by three months of the calendar"),
  bulkShare: lines("orders of more units than 99 % of the shop's, and at least five, by all orders"),
  giftLikeShare: products("orders from 15 November to 24 December of product types bought in no other order, by all orders; a sign, not a fact"),
  priceLevel: products("mean price band of the lines: 0 = the cheapest fifth of what the shop sells, 1 = the dearest", HALVED),
  vendorFocus: products("largest part of the lines that is one vendor's", HALVED),
  novelty: products("1/2 variety + 1/2 (.5 + new-product seeking), drawn to .5 by three orders; a proxy, not a fact"),
  deal: orders("1/2 discount dependence + 1/2 price sensitivity / (1 + price sensitivity), drawn to .5 by three orders; a proxy, not a fact"),
  quality: products("1/2 price level + 1/2 full-price share, drawn to .5 by three orders; a proxy, not a fact"),
  loyalty: products("1/3 orders / (orders + 3) + 1/3 vendor focus + 1/3 punctuality (1 up to the silence of at risk, 0 at that of lapsed), drawn to .5 by three orders; a proxy, not a fact"),
  household: { sources: ["Order", "OrderLine", "Variant", "Product"], window: HISTORY, formula: "1/2 (sizes bought - 1) / 3 + 1/2 (units an order - 1) / 4 x variety, from two orders on; without sizes the second alone; a sign, not a fact" },
  business: { sources: ["Customer", "Order", "OrderLine"], window: HISTORY, formula: ".4 bulk orders (times 3, at most 1) + .3 share on weekdays x share between 9 and 17 + .3 e-mail domain of their own, from two orders on; a sign, not a fact" },
  anniversaries: { sources: ["Order", "Customer"], window: "the first order that counts", formula: "days until the day of the first order (and the birthday, where a metafield holds it) comes round again" },
  consent: { sources: ["Customer"], window: "as of now", formula: "what Shopify keeps" },
  channels: orders("where the first order and most orders came from, and the part of those"),
  options: { sources: ["Order", "OrderLine", "Variant"], window: HISTORY, formula: "option values of the variants bought, by units kept; sizes are recognised by how they are written" },
  browsing: { sources: ["StorefrontEvent"], window: "all events kept, half as much weight after every 14 days", formula: "weighted views, cart additions and searches by product type, by those of all types" },
} as const satisfies Readonly<Record<string, FigureLineage>>;
