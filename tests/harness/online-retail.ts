import { parse } from "csv-parse/sync";
import { z } from "zod";
import { readRealBytes } from "./real-data.ts";

const FOLDER = "online-retail";
const COLUMNS = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice"];
const rows = z.array(z.array(z.string()));

/** Distinct products of each real sale with at least two, oldest first; ids in the order of the stock codes as text. */
export function readOnlineRetailBaskets(): number[][] {
  const invoices = new Map<string, { at: string; codes: Set<string> }>();
  const [head, ...lines] = rows.parse(parse(readRealBytes(FOLDER, "online_retail.csv.gz"), { relax_quotes: true }));
  if (COLUMNS.some((name, n) => head[n] !== name)) throw new Error(`online_retail.csv.gz begins with ${head.join(", ")}`);
  for (const [number, code, , quantity, at, price] of lines) {
    if (number.startsWith("C") || Number(quantity) <= 0 || Number(price) <= 0) continue;
    const invoice = invoices.get(number) ?? { at, codes: new Set<string>() };
    invoice.codes.add(code);
    invoices.set(number, invoice);
  }
  const sales = [...invoices.values()].filter((invoice) => invoice.codes.size > 1).sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  const idOf = new Map([...new Set(sales.flatMap((sale) => [...sale.codes]))].sort().map((code, i) => [code, i + 1]));
  return sales.map((sale) => [...sale.codes].sort().flatMap((code) => idOf.get(code) ?? []));
}
