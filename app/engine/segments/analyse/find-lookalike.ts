import { hasBit, listBits, type Bitmap } from "../evaluate/bitmap.ts";
import type { ShopColumns } from "../evaluate/shop-columns.ts";
import { quote } from "../language/format-query.ts";
import { findAttribute, noShopNames } from "../language/find-attribute.ts";

/** Numbers by which likeness is judged; each says something that the others do not. */
const traits = ["amount_spent", "number_of_orders", "average_order_value", "recency_days", "discount_share", "average_days_between_orders"] as const;
const MOST_TRAITS = 3;
/** A trait that as many others share tells nothing. */
const COMMON = 0.7;
/** A product type is a trait when at least so many members bought it, and it is so much more usual among them than among all buyers. */
const TYPE_SHARE = 0.4;
const TYPE_LIFT = 1.3;

/**
 * A query for customers who look like the members and are not among them: the middle 80 % of the members in the numbers that set
 * them apart most, and the product type that they buy more than others do. It is a query like any other, to be seen and changed.
 * Null when nothing sets the members apart.
 */
export function findLookalike(columns: ShopColumns, members: Bitmap, name: string): string | null {
  const rows = listBits(members);
  if (rows.length === 0) return null;
  const ranges = traits.flatMap((trait) => findRange(columns, rows, trait)).filter(({ share }) => share < COMMON);
  ranges.sort((a, b) => a.share - b.share);
  const type = findFavouriteType(columns, members);
  const clauses = [...ranges.slice(0, MOST_TRAITS).map(({ clause }) => clause), ...(type === null ? [] : [`products_purchased MATCHES (product_type = ${quote(type)})`])];
  return clauses.length === 0 ? null : [...clauses, `segments NOT CONTAINS ${quote(name)}`].join(" AND ");
}

function findRange(columns: ShopColumns, rows: Int32Array, trait: string): { readonly clause: string; readonly share: number }[] {
  const column = columns.find(trait);
  if (column?.kind !== "numbers") return [];
  const spec = findAttribute(trait, noShopNames);
  const { values } = column;
  const own: number[] = [];
  for (let at = 0; at < rows.length; at++) {
    const value = values[rows[at]];
    if (!Number.isNaN(value)) own.push(value);
  }
  if (own.length < rows.length / 2) return [];
  own.sort((a, b) => a - b);
  const isMoney = spec !== null && "unit" in spec && spec.unit === "money";
  const isWhole = spec?.type === "integer" || spec?.type === "float" && "unit" in spec && spec.unit === "days";
  const scale = isMoney ? columns.moneyScale : 1;
  const step = isWhole || isMoney ? 1 : 0.01;
  // Ends are moved outwards to a round value, so that the query reads well and loses nobody.
  const low = Math.floor(own[Math.floor((own.length - 1) * 0.1)] / scale / step) * step;
  const high = Math.ceil(own[Math.ceil((own.length - 1) * 0.9)] / scale / step) * step;
  let inside = 0;
  for (let row = 0; row < values.length; row++) if (values[row] / scale >= low && values[row] / scale <= high) inside++;
  const show = (value: number) => String(Number(value.toFixed(2)));
  return [{ clause: `${trait} BETWEEN ${show(low)} AND ${show(high)}`, share: inside / values.length }];
}

function findFavouriteType({ snapshot }: ShopColumns, members: Bitmap): string | null {
  const { products, ordersByCustomer, orders, lines } = snapshot;
  const { codes, names } = products.type;
  const ofMembers = new Int32Array(names.length);
  const ofAll = new Int32Array(names.length);
  const lastCustomer = new Int32Array(names.length).fill(-1);
  let memberBuyers = 0;
  let buyers = 0;
  for (let row = 0; row < snapshot.customers.count; row++) {
    if (ordersByCustomer.start[row] === ordersByCustomer.start[row + 1]) continue;
    const isMember = hasBit(members, row);
    buyers++;
    if (isMember) memberBuyers++;
    for (let i = ordersByCustomer.start[row]; i < ordersByCustomer.start[row + 1]; i++) {
      const order = ordersByCustomer.values[i];
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        const code = lines.product[line] < 0 ? -1 : codes[lines.product[line]];
        if (code < 0 || names[code] === "" || lastCustomer[code] === row) continue;
        lastCustomer[code] = row;
        ofAll[code]++;
        if (isMember) ofMembers[code]++;
      }
    }
  }
  let best: string | null = null;
  let bestLift = TYPE_LIFT;
  for (let code = 0; code < names.length; code++) {
    const share = ofMembers[code] / (memberBuyers || 1);
    const lift = share / (ofAll[code] / (buyers || 1));
    if (share >= TYPE_SHARE && lift >= bestLift) [best, bestLift] = [names[code], lift];
  }
  return best;
}
