import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import type { ShopId } from "#app/core/ids.ts";
import type { ProductTexts } from "#app/engine/recommend/content/product-texts.ts";
import { openSqlite } from "../platform/db.server.ts";

/** Shopify's name for the one variant of a product without options; it says nothing of the product. */
const NO_OPTIONS = "Default Title";
/** Option values of one variant stand in its title: "Red / XL". */
const BETWEEN_OPTIONS = " / ";
/** Products per turn of the event loop. */
const CHUNK = 2000;

interface TextRow {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly vendor: string;
  readonly tags: string;
  readonly description: string;
  /** JSON array */
  readonly variants: string;
  readonly isDeleted: number;
}

const SELECT = `SELECT p.id, p.title, p.productType AS type, p.vendor, p.tags, p.description, p.deletedAt IS NOT NULL AS isDeleted,
    (SELECT json_group_array(v.title) FROM Variant v WHERE v.shopId = p.shopId AND v.productId = p.id) AS variants
  FROM Product p WHERE p.shopId = ? AND p.id > ? ORDER BY p.id LIMIT ${CHUNK}`;

const words = z.array(z.string());

/**
 * What the shop says of its products, in ascending order of ids like a snapshot's rows. Deleted products, which may have been sold, keep their row but no
 * words: nothing is like what is gone. Unlisted ones keep theirs, because they can be listed again.
 */
export async function loadProductTexts(shopId: ShopId): Promise<ProductTexts> {
  const statement = openSqlite().prepare<[number, number], TextRow>(SELECT);
  const rows: TextRow[] = [];
  for (let chunk = statement.all(shopId, 0); chunk.length > 0; chunk = statement.all(shopId, rows[rows.length - 1].id)) {
    rows.push(...chunk);
    await nextTurn();
  }
  const present = <T>(row: TextRow, value: T, absent: T) => (row.isDeleted === 1 ? absent : value);
  return {
    productIds: Float64Array.from(rows, (row) => row.id),
    title: rows.map((row) => present(row, row.title, "")),
    type: rows.map((row) => present(row, row.type, "")),
    vendor: rows.map((row) => present(row, row.vendor, "")),
    tags: rows.map((row) => present(row, words.parse(JSON.parse(row.tags)), [])),
    options: rows.map((row) => present(row, optionsOf(words.parse(JSON.parse(row.variants))), [])),
    description: rows.map((row) => present(row, row.description, "")),
  };
}

function optionsOf(variantTitles: readonly string[]): string[] {
  return [...new Set(variantTitles.filter((title) => title !== NO_OPTIONS).flatMap((title) => title.split(BETWEEN_OPTIONS)))];
}
