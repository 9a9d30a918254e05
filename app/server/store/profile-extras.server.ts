import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import type { ProfileExtras } from "#app/engine/features/profile-extras.ts";
import { Float64Column, Int32Column } from "./growing-columns.server.ts";
import { statement } from "./statements.server.ts";
import { WordColumn } from "./word-codes.server.ts";

/** Customers per statement: some ten milliseconds of work, so that heartbeats get their turn. */
const CHUNK = 1_000;
const text = z.string().nullable();
const contactRows = z.array(z.tuple([z.number(), text, text, text]));
const channelRows = z.array(z.tuple([z.number(), text, z.number(), z.number()]));
const variantRows = z.array(z.tuple([z.number(), z.string(), z.number()]));

const CONTACTS = `SELECT id, provinceCode, smsConsent, emailDomain FROM Customer WHERE shopId = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY id`;
const CHANNELS = `SELECT customerId, sourceName, count(*), min(placedAt) FROM "Order" WHERE shopId = ? AND customerId IN (SELECT value FROM json_each(?))
  AND cancelledAt IS NULL AND isTest = 0 AND deletedAt IS NULL GROUP BY customerId, sourceName ORDER BY customerId`;
const VARIANTS = `SELECT o.customerId, v.title, sum(l.currentQuantity) FROM "Order" AS o
  CROSS JOIN OrderLine AS l ON l.shopId = o.shopId AND l.orderId = o.id CROSS JOIN Variant AS v ON v.shopId = l.shopId AND v.id = l.variantId
  WHERE o.shopId = ? AND o.customerId IN (SELECT value FROM json_each(?)) AND o.cancelledAt IS NULL AND o.isTest = 0 AND o.deletedAt IS NULL AND l.currentQuantity > 0
  GROUP BY o.customerId, v.title ORDER BY o.customerId`;

/** What profiles read beside the snapshot, one row per customer of `ids` (ascending). */
export async function loadProfileExtras(shopId: ShopId, ids: Float64Array): Promise<ProfileExtras> {
  const contacts = { province: new WordColumn(), sms: new WordColumn(), domain: new WordColumn() };
  const channels = createChannelReader();
  const variants = createVariantReader();
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = ids.subarray(from, from + CHUNK);
    const wanted = JSON.stringify([...chunk]);
    const read = <T extends z.ZodType>(rows: T, sql: string): z.infer<T> => rows.parse(statement(sql).raw().all(shopId, wanted));
    const contactOf = new Map(read(contactRows, CONTACTS).map((row) => [row[0], row]));
    const channelsOf = groupById(read(channelRows, CHANNELS));
    const variantsOf = groupById(read(variantRows, VARIANTS));
    for (const id of chunk) {
      const contact = contactOf.get(id);
      contacts.province.push(contact?.[1] ?? null);
      contacts.sms.push(contact?.[2] ?? null);
      contacts.domain.push(contact?.[3] ?? null);
      channels.push(channelsOf.get(id) ?? []);
      variants.push(variantsOf.get(id) ?? []);
    }
    await nextTurn();
  }
  return { province: contacts.province.finish(), smsConsent: contacts.sms.finish(), emailDomain: contacts.domain.finish(), channels: channels.finish(), variants: variants.finish() };
}

function groupById<Row extends readonly [number, ...unknown[]]>(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row[0]);
    if (group) group.push(row);
    else groups.set(row[0], [row]);
  }
  return groups;
}

/** First by time; main by orders, the earliest on a tie. */
function createChannelReader() {
  const first = new WordColumn();
  const main = new WordColumn();
  const share = new Float64Column();
  return {
    push(rows: readonly (readonly [number, string | null, number, number])[]): void {
      const all = rows.reduce((sum, [, , orders]) => sum + orders, 0);
      const earliest = rows.reduce<(typeof rows)[number] | null>((best, row) => (best === null || row[3] < best[3] ? row : best), null);
      const most = rows.reduce<(typeof rows)[number] | null>((best, row) => (best === null || row[2] > best[2] || (row[2] === best[2] && row[3] < best[3]) ? row : best), null);
      first.push(earliest?.[1] ?? null);
      main.push(most?.[1] ?? null);
      share.push(most?.[1] ? most[2] / all : NaN);
    },
    finish: () => ({ first: first.finish(), main: main.finish(), mainShare: share.finish() }),
  };
}

function createVariantReader() {
  const title = new WordColumn();
  const units = new Float64Column();
  const start = new Int32Column();
  let count = 0;
  start.push(0);
  return {
    push(rows: readonly (readonly [number, string, number])[]): void {
      for (const [, name, quantity] of rows) {
        title.push(name);
        units.push(quantity);
        count++;
      }
      start.push(count);
    },
    finish: () => {
      const { codes, names } = title.finish();
      return { start: start.finish(), title: codes, titles: names, units: units.finish() };
    },
  };
}
