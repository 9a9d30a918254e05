import { DAY_MS } from "#app/core/time.ts";
import { AS_OF_MS } from "./segments-shop.ts";

/** One question in our language and as the WHERE of `SELECT … FROM customer c`. */
export interface SegmentQuestion {
  readonly query: string;
  readonly where: string;
}

const MIDNIGHT_MS = Math.floor(AS_OF_MS / DAY_MS) * DAY_MS;
/** First instant of the day so many days ago; the shop of the bench lies in UTC. */
const ago = (days: number) => MIDNIGHT_MS - days * DAY_MS;

const group = (having: string, by: string) => (having === "" ? "" : ` GROUP BY ${by} HAVING ${having}`);
const ordered = (where: string, having = "") => `c.id IN (SELECT o.customer_id FROM orders o WHERE ${where}${group(having, "o.customer_id")})`;
const lines = (where: string, having = "") => `c.id IN (SELECT l.customer_id FROM line l WHERE ${where}${group(having, "l.customer_id")})`;
const ofType = (type: number, alias = "l") => `${alias}.product_id IN (SELECT id FROM product WHERE type = 'Type ${type}')`;
const ofVendor = (vendor: number) => `l.product_id IN (SELECT id FROM product WHERE vendor = 'Vendor ${vendor}')`;
const ofTag = (tag: string) => `l.product_id IN (SELECT product_id FROM product_tag WHERE tag = '${tag}')`;
const tagged = (tag: string) => `c.id IN (SELECT customer_id FROM customer_tag WHERE tag = '${tag}')`;
const ORDERS = "count(DISTINCT l.order_id)";

/** Fifty questions as merchants ask them; another `turn` asks the same of other days, amounts and products. */
export function listSegmentQuestions(turn: number, customers: number): readonly SegmentQuestion[] {
  const ask = (query: string, where: string): SegmentQuestion => ({ query, where });
  const [week, month, quarter, half, year] = [7, 30, 90, 180, 365].map((days) => days + turn);
  const [type, other, vendor, product, then] = [3 + turn, 11 + turn, 5 + turn, 1 + turn, 40 + turn];
  const [low, high] = [100 + turn * 10, 300 + turn * 10];
  const five = [2, 9, 27, 81, 243].map((id) => id + turn).join(", ");
  const sequence = (first: string, second: string, more: string) =>
    `c.id IN (SELECT a.customer_id FROM line a JOIN line b ON b.customer_id = a.customer_id AND b.placed_at > a.placed_at${more} WHERE ${first} AND ${second})`;
  return [
    ask(`number_of_orders >= ${2 + turn}`, `c.orders_count >= ${2 + turn}`),
    ask(`number_of_orders = ${1 + turn}`, `c.orders_count = ${1 + turn}`),
    ask(`amount_spent > ${low}`, `c.spent_minor > ${low * 100}`),
    ask(`amount_spent BETWEEN ${low} AND ${high}`, `c.spent_minor BETWEEN ${low * 100} AND ${high * 100}`),
    ask(`last_order_date < -${quarter}d AND number_of_orders >= 2`, `c.last_at < ${ago(quarter)} AND c.orders_count >= 2`),
    ask(`last_order_date BETWEEN -${quarter}d AND -${month}d`, `c.last_at >= ${ago(quarter)} AND c.last_at < ${ago(month - 1)}`),
    ask(`first_order_date >= -${month}d`, `c.first_at >= ${ago(month)}`),
    ask(`customer_added_date >= -${quarter}d AND number_of_orders = 0`, `c.created_at >= ${ago(quarter)} AND c.orders_count = 0`),
    ask(`customer_countries CONTAINS 'US' AND number_of_orders > ${turn}`, `c.country = 'US' AND c.orders_count > ${turn}`),
    ask(`customer_countries CONTAINS 'DE' AND email_subscription_status = 'SUBSCRIBED' AND amount_spent > ${low}`, `c.country = 'DE' AND c.consent = 'SUBSCRIBED' AND c.spent_minor > ${low * 100}`),
    ask(`email_subscription_status != 'SUBSCRIBED' AND amount_spent > ${high}`, `c.consent <> 'SUBSCRIBED' AND c.spent_minor > ${high * 100}`),
    ask(`email_subscription_status IN ('UNSUBSCRIBED', 'PENDING') AND recency_days <= ${quarter}`, `c.consent IN ('UNSUBSCRIBED', 'PENDING') AND c.recency_days <= ${quarter}`),
    ask(`customer_tags CONTAINS 'vip' AND recency_days > ${month}`, `${tagged("vip")} AND c.recency_days > ${month}`),
    ask(`customer_tags NOT CONTAINS 'wholesale' AND amount_spent > ${high}`, `NOT ${tagged("wholesale")} AND c.spent_minor > ${high * 100}`),
    ask(`average_order_value >= ${low}`, `c.orders_count > 0 AND c.spent_minor >= ${low * 100} * c.orders_count`),
    ask(`recency_days BETWEEN ${month} AND ${quarter}`, `c.recency_days BETWEEN ${month} AND ${quarter}`),
    ask(`rfm_recency_score >= 4 AND rfm_frequency_score >= ${1 + turn}`, `c.r >= 4 AND c.f >= ${1 + turn}`),
    ask(`rfm_group = 'AT_RISK' AND amount_spent > ${low}`, `c.rfm_group = 'AT_RISK' AND c.spent_minor > ${low * 100}`),
    ask(`classic_rfm_group IN ('CHAMPIONS', 'LOYAL') AND recency_days > ${week}`, `c.classic_group IN ('CHAMPIONS', 'LOYAL') AND c.recency_days > ${week}`),
    ask(`lifecycle_stage = 'LAPSED' AND email_subscription_status = 'SUBSCRIBED' AND amount_spent > ${low}`, `c.lifecycle = 'LAPSED' AND c.consent = 'SUBSCRIBED' AND c.spent_minor > ${low * 100}`),
    ask(`rfm_code = '${5 - turn}55'`, `c.r = ${5 - turn} AND c.f = 5 AND c.m = 5`),
    ask(`orders_placed MATCHES (discounted = true, count >= ${2 + turn}) AND last_order_date < -${month}d`, `${ordered("o.is_discounted = 1", `count(*) >= ${2 + turn}`)} AND c.last_at < ${ago(month)}`),
    ask(`products_purchased MATCHES (id = ${product})`, lines(`l.product_id = ${product}`)),
    ask(`products_purchased NOT MATCHES (id = ${product}) AND number_of_orders >= 1`, `NOT ${lines(`l.product_id = ${product}`)} AND c.orders_count >= 1`),
    ask(`products_purchased MATCHES (id IN (${five}))`, lines(`l.product_id IN (${five})`)),
    ask(`products_purchased MATCHES (id = ${product}, date >= -${quarter}d)`, lines(`l.product_id = ${product} AND l.placed_at >= ${ago(quarter)}`)),
    ask(`products_purchased MATCHES (id = ${product}, count >= 2)`, lines(`l.product_id = ${product}`, `${ORDERS} >= 2`)),
    ask(`products_purchased MATCHES (product_type = 'Type ${type}')`, lines(ofType(type))),
    ask(`products_purchased MATCHES (product_type = 'Type ${type}', date >= -${year}d, count >= 2)`, lines(`${ofType(type)} AND l.placed_at >= ${ago(year)}`, `${ORDERS} >= 2`)),
    ask(`products_purchased MATCHES (vendor = 'Vendor ${vendor}', count >= 2)`, lines(ofVendor(vendor), `${ORDERS} >= 2`)),
    ask(`products_purchased MATCHES (tag = 'sale', date >= -${half}d)`, lines(`${ofTag("sale")} AND l.placed_at >= ${ago(half)}`)),
    ask(`products_purchased MATCHES (tag = 'summer', date BETWEEN -${2 * year}d AND -${half}d, count >= 2)`, lines(`${ofTag("summer")} AND l.placed_at >= ${ago(2 * year)} AND l.placed_at < ${ago(half - 1)}`, `${ORDERS} >= 2`)),
    ask(`products_purchased NOT MATCHES (date >= -${quarter}d)`, `NOT ${lines(`l.placed_at >= ${ago(quarter)}`)}`),
    ask(`products_purchased NOT MATCHES (product_type = 'Type ${type}', date >= -${half}d) AND number_of_orders >= 2`, `NOT ${lines(`${ofType(type)} AND l.placed_at >= ${ago(half)}`)} AND c.orders_count >= 2`),
    ask(`products_purchased MATCHES (product_type = 'Type ${other}', sum_quantity >= ${3 + turn})`, lines(ofType(other), `sum(l.quantity) >= ${3 + turn}`)),
    ask(`products_purchased MATCHES (product_type = 'Type ${other}', sum_amount >= ${low})`, lines(ofType(other), `sum(l.total_minor) >= ${low * 100}`)),
    ask(`products_purchased MATCHES (quantity >= 3, date >= -${year}d)`, lines(`l.quantity >= 3 AND l.placed_at >= ${ago(year)}`)),
    ask(`orders_placed MATCHES (date >= -${month}d)`, ordered(`o.placed_at >= ${ago(month)}`)),
    ask(`orders_placed MATCHES (date >= -${year}d, count >= 3)`, ordered(`o.placed_at >= ${ago(year)}`, "count(*) >= 3")),
    ask(`orders_placed MATCHES (amount >= ${low})`, ordered(`o.total_minor >= ${low * 100}`)),
    ask(`orders_placed MATCHES (date BETWEEN -${year}d AND -${half}d, sum_amount >= ${low})`, ordered(`o.placed_at >= ${ago(year)} AND o.placed_at < ${ago(half - 1)}`, `sum(o.total_minor) >= ${low * 100}`)),
    ask(`orders_placed NOT MATCHES (date >= -${half}d) AND number_of_orders >= 1`, `NOT ${ordered(`o.placed_at >= ${ago(half)}`)} AND c.orders_count >= 1`),
    ask(`first_order_contains MATCHES (product_type = 'Type ${type}')`, `c.first_order_id IN (SELECT l.order_id FROM line l WHERE ${ofType(type)})`),
    ask(`last_order_contains MATCHES (vendor = 'Vendor ${vendor}')`, `c.last_order_id IN (SELECT l.order_id FROM line l WHERE ${ofVendor(vendor)})`),
    ask(`products_purchased_in_sequence MATCHES (first_product_type = 'Type ${type}', then_product_type = 'Type ${other}', days_between <= 60)`, sequence(ofType(type, "a"), ofType(other, "b"), ` AND b.placed_at - a.placed_at <= ${60 * DAY_MS}`)),
    ask(`products_purchased_in_sequence MATCHES (first_id = ${product}, then_id = ${then})`, sequence(`a.product_id = ${product}`, `b.product_id = ${then}`, "")),
    ask(`top_customers MATCHES (by = 'amount_spent', percent = ${5 + turn})`, `c.id IN (SELECT id FROM customer ORDER BY spent_minor DESC, id LIMIT ${Math.ceil((customers * (5 + turn)) / 100)})`),
    ask(`(customer_countries CONTAINS 'US' OR customer_countries CONTAINS 'CA') AND (rfm_group = 'CHAMPIONS' OR amount_spent > ${high}) AND email_subscription_status = 'SUBSCRIBED'`,
      `(c.country = 'US' OR c.country = 'CA') AND (c.rfm_group = 'CHAMPIONS' OR c.spent_minor > ${high * 100}) AND c.consent = 'SUBSCRIBED'`),
    ask(`number_of_orders >= 2 AND (products_purchased MATCHES (product_type = 'Type ${type}', date >= -${year}d) OR products_purchased MATCHES (vendor = 'Vendor ${vendor}', count >= 2)) AND products_purchased NOT MATCHES (date >= -${quarter}d)`,
      `c.orders_count >= 2 AND (${lines(`${ofType(type)} AND l.placed_at >= ${ago(year)}`)} OR ${lines(ofVendor(vendor), `${ORDERS} >= 2`)}) AND NOT ${lines(`l.placed_at >= ${ago(quarter)}`)}`),
    ask(`NOT (customer_countries CONTAINS 'US') AND (orders_placed MATCHES (date >= -${half}d, amount >= ${low}) OR orders_placed MATCHES (count >= 5)) AND email_subscription_status = 'SUBSCRIBED'`,
      `NOT coalesce(c.country = 'US', false) AND (${ordered(`o.placed_at >= ${ago(half)} AND o.total_minor >= ${low * 100}`)} OR ${ordered("1 = 1", "count(*) >= 5")}) AND c.consent = 'SUBSCRIBED'`),
  ];
}
