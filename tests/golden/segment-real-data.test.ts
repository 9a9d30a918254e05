import { parse as parseCsv } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { listBits } from "#app/engine/segments/evaluate/bitmap.ts";
import { SegmentEvaluator } from "#app/engine/segments/evaluate/segment-evaluator.ts";
import { parseQuery } from "#app/engine/segments/language/parse-query.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";
import { hasRealData, readRealBytes, readRealCsv, realDataCase } from "#tests/harness/real-data.ts";

function parse(text: string) {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

interface Sale { readonly customer: number; readonly at: string; readonly minor: number; readonly products: readonly number[] }
type Asked = readonly [query: string, holds: (sales: readonly Sale[]) => boolean];

function groupBy<T, K>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

const spent = (sales: readonly Sale[]) => sales.reduce((sum, { minor }) => sum + minor, 0);

/** Each query's members and, customer by customer, those for whom the plain predicate holds on date texts and whole cents. */
function expectSameMembers(sales: readonly Sale[], asOf: string, asked: readonly Asked[]): void {
  const snapshot = makeSnapshot({ asOfMs: Date.parse(`${asOf}T12:00:00Z`), orders: sales.map(({ customer, at, minor, products }) => ({ customer, atMs: Date.parse(`${at}Z`), totalMinor: minor, products })) });
  const evaluator = new SegmentEvaluator(snapshot);
  const salesOf = groupBy(sales, ({ customer }) => customer);
  for (const [query, holds] of asked) {
    const expected = [...salesOf].filter(([, own]) => holds(own)).map(([customer]) => customer).sort((a, b) => a - b);
    expect(Array.from(listBits(evaluator.evaluate(parse(query)).members), (row) => snapshot.customers.id[row]), query).toEqual(expected);
    expect([query, expected.length > 0 && expected.length < salesOf.size]).toEqual([query, true]);
  }
}

describe.skipIf(!hasRealData("rfm-orders"))(realDataCase("rfm-orders", "segments of the rfm package's orders"), () => {
  it("have the members that a look at each customer gives", () => {
    const rows = readRealCsv("rfm-orders", "orders.csv.gz");
    const names = [...new Set(rows.map((row) => row.customer_id))];
    const idOf = new Map(names.map((name, i) => [name, i + 1]));
    const sales = rows.map((row): Sale => ({ customer: idOf.get(row.customer_id) ?? 0, at: `${row.order_date}T09:30:00`, minor: Number(row.revenue) * 100, products: [] }));
    expect([sales.length, names.length]).toEqual([4906, 995]);
    expectSameMembers(sales, "2006-12-31", [
      ["number_of_orders >= 6", (own) => own.length >= 6],
      ["amount_spent BETWEEN 200 AND 400", (own) => spent(own) >= 20_000 && spent(own) <= 40_000],
      ["last_order_date < 2006-07-01", (own) => own.every(({ at }) => at < "2006-07-01")],
      ["orders_placed MATCHES (date >= -12m, count >= 3)", (own) => own.filter(({ at }) => at >= "2005-12-31").length >= 3],
      ["orders_placed MATCHES (amount > 120, date <= 2005-12-31)", (own) => own.some(({ minor, at }) => minor > 12_000 && at < "2006-01-01")],
      ["orders_placed NOT MATCHES (date BETWEEN 2005-06-01 AND 2006-05-31)", (own) => !own.some(({ at }) => at >= "2005-06-01" && at < "2006-06-01")],
      ["average_order_value >= 80 AND (number_of_orders < 4 OR first_order_date >= 2005-06-01)", (own) => spent(own) / own.length >= 8_000 && (own.length < 4 || own.every(({ at }) => at >= "2005-06-01"))],
    ]);
  });
});

const cells = z.array(z.array(z.string()));

describe.skipIf(!hasRealData("online-retail"))(realDataCase("online-retail", "segments of Online Retail"), () => {
  it("have the members that a look at each customer gives", () => {
    const [, ...lines] = cells.parse(parseCsv(readRealBytes("online-retail", "online_retail.csv.gz"), { relax_quotes: true }));
    const sold = lines.filter(([number, , , quantity, , price, customer]) => !number.startsWith("C") && customer !== "" && Number(quantity) > 0 && Number(price) > 0);
    const idOf = new Map([...new Set(sold.map(([, code]) => code))].map((code, i) => [code, i + 1]));
    const sales = [...groupBy(sold, ([number]) => number).values()].map((of): Sale => ({
      customer: Number(of[0][6]), at: of[0][4].replace(" ", "T"), minor: of.reduce((sum, [, , , quantity, , price]) => sum + Math.round(Number(quantity) * Number(price) * 100), 0), products: of.map(([, code]) => idOf.get(code) ?? 0),
    }));
    const light = idOf.get("85123A") ?? 0;
    const stand = idOf.get("22423") ?? 0;
    const has = (sale: Sale, product: number) => sale.products.includes(product);
    const inOrder = (own: readonly Sale[]) => [...own].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
    expectSameMembers(sales, "2011-12-10", [
      ["number_of_orders = 1", (own) => own.length === 1],
      ["last_order_date < -90d AND number_of_orders >= 3", (own) => own.length >= 3 && own.every(({ at }) => at < "2011-09-11")],
      [`products_purchased MATCHES (id = ${light})`, (own) => own.some((sale) => has(sale, light))],
      [`products_purchased MATCHES (id IN (${light}, ${stand}), date >= 2011-06-01, count >= 2)`, (own) => own.filter((sale) => sale.at >= "2011-06-01" && (has(sale, light) || has(sale, stand))).length >= 2],
      [`products_purchased NOT MATCHES (id != ${stand}, date >= -6m)`, (own) => !own.some(({ at, products }) => at >= "2011-06-10" && products.some((product) => product !== stand))],
      [`products_purchased_in_sequence MATCHES (first_id = ${light}, then_id = ${stand}, days_between <= 60)`, (own) => {
        const sorted = inOrder(own);
        return sorted.some((a, i) => has(a, light) && sorted.slice(i + 1).some((b) => has(b, stand) && Date.parse(b.at) - Date.parse(a.at) <= 60 * 86_400_000));
      }],
      [`first_order_contains MATCHES (id = ${light}) AND amount_spent > 1000`, (own) => has(inOrder(own)[0], light) && spent(own) > 100_000],
    ]);
  });
});
