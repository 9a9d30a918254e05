import type { ShopId } from "#app/core/ids.ts";
import type { ListColumn } from "#app/engine/segments/evaluate/columns.ts";
import type { CodedColumn, Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { ListColumnBuilder } from "./list-column.server.ts";
import { RowFinder } from "./row-finder.server.ts";
import { scanPacked } from "./scan-packed.server.ts";

const TEXTS = {
  customer_language: "locale",
  customer_account_status: "state",
  sms_subscription_status: "smsConsent",
  customer_email_domain: "emailDomain",
  rfm_group: "shopifyRfmGroup",
  predicted_spend_tier: "shopifySpendTier",
} as const;
const names = Object.keys(TEXTS);

const scan = {
  columns: ["id", ...Object.values(TEXTS), "countryCode", "provinceCode", "city", "tags"],
  select: `SELECT id, ${Object.values(TEXTS).join(", ")}, countryCode, provinceCode, city, tags FROM Customer
    WHERE shopId = ? AND id > ? AND deletedAt IS NULL AND redactedAt IS NULL ORDER BY id`,
};

export interface CustomerTextColumns {
  readonly texts: Readonly<Record<string, CodedColumn>>;
  readonly lists: Readonly<Record<string, ListColumn>>;
}

/** Places are written as Shopify does: US-CA, US-CA-LosAngeles. `isSlice`: the snapshot holds few of the shop's customers. */
export async function readCustomerColumns(shopId: ShopId, { customers }: Snapshot, isSlice = false): Promise<CustomerTextColumns> {
  const rows = new RowFinder(customers.id);
  const words = names.map(() => new CodesBuilder(customers.count));
  const [tags, regions, cities] = [new ListColumnBuilder(), new ListColumnBuilder(), new ListColumnBuilder()];
  await scanPacked(shopId, scan, (id, values) => {
    const row = rows.find(id);
    for (const word of words) word.set(row, values.word());
    const [country, province, city, tagJson] = [values.word(), values.word(), values.word(), values.word()];
    if (row < 0) return;
    if (country && province) regions.add(row, `${country}-${province}`);
    if (country && city) cities.add(row, [country, province, city.replace(/\s/g, "")].filter(Boolean).join("-"));
    tags.addJson(row, tagJson);
  }, isSlice ? [...customers.id] : null);
  const texts = Object.fromEntries(names.map((name, index) => [name, words[index].finish()]).filter((entry): entry is [string, CodedColumn] => entry[1] !== null));
  const list = (column: ListColumnBuilder) => column.finish(customers.count);
  return { texts, lists: { customer_tags: list(tags), customer_regions: list(regions), customer_cities: list(cities) } };
}

/** Codes set row by row; null when no row has a text. */
class CodesBuilder {
  private readonly codes: Int32Array;
  private readonly codeOf = new Map<string, number>();

  constructor(count: number) {
    this.codes = new Int32Array(count).fill(-1);
  }

  set(row: number, word: string | null): void {
    if (row < 0 || word === null) return;
    let code = this.codeOf.get(word);
    if (code === undefined) this.codeOf.set(word, (code = this.codeOf.size));
    this.codes[row] = code;
  }

  finish(): CodedColumn | null {
    return this.codeOf.size === 0 ? null : { codes: this.codes, names: [...this.codeOf.keys()] };
  }
}
