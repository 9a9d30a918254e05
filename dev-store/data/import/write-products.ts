import { pick } from "../distributions.ts";
import { createStream, seedNumber } from "../counter-rng.ts";
import { shapeForTitle } from "../images/shapes.ts";
import { writeImages } from "../images/write-images.ts";
import type { Progress } from "../progress.ts";
import { slugify } from "../slug.ts";
import { FIRST_ID } from "../store-ids.ts";
import type { StoredProduct } from "../stored-rows.ts";
import type { StoreWriter } from "../store-writer.ts";
import { headNoun, toHumanTitle } from "./human-title.ts";
import type { Mapping } from "./mapping.ts";
import type { StagedProduct } from "./staging.ts";

export interface ImportedProduct {
  readonly id: number;
  readonly variantId: number;
  readonly title: string;
  readonly sku: string;
}

const COLOURS: readonly (readonly [RegExp, string])[] = [
  [/\bred|scarlet|ruby\b/i, "#c4453f"], [/\bpink|rose\b/i, "#dd8fa5"], [/\bblue|navy|turquoise\b/i, "#6a93c4"], [/\bgreen|mint|jade|olive\b/i, "#86a96f"], [/\bcream|ivory|white\b/i, "#e6dcc4"],
  [/\bblack\b/i, "#3a3a3f"], [/\byellow|gold(en)?\b/i, "#dcb14a"], [/\bpurple|lilac|lavender\b/i, "#9a7bb0"], [/\bsilver|grey|zinc|metal\b/i, "#9aa2a8"], [/\bchocolate|brown|wood(en)?\b/i, "#9a6b45"], [/\borange\b/i, "#e0894a"],
];
const ANY_COLOUR = ["#9caf88", "#b7573a", "#5f7fa6", "#d3a03c", "#8d6487", "#8fb6d2", "#c8744f", "#5d8f88", "#d99aa5"];
const SHELF = 24;

/** Products with their one variant, images and collections. Keeps one small object a product in memory. */
export function writeProducts(staged: Iterable<StagedProduct>, mapping: Mapping, toInstant: (localMs: number) => number, nowMs: number, writer: StoreWriter, dataDir: string, progress: Progress): Map<string, ImportedProduct> {
  const drafts = [...staged].map((row) => ({ row, title: (mapping.titles === "human-case" ? toHumanTitle(row.title) : row.title) || row.product_key }));
  const typeOf = chooseTypes(drafts, mapping);
  const handles = new Set<string>();
  const byKey = new Map<string, ImportedProduct>();
  const images: { imagePath: string | null; image: { shape: ReturnType<typeof shapeForTitle>; colour: string; draw: number } }[] = [];
  const shelves = new Map<string, number[]>();
  for (const [i, { row, title }] of drafts.entries()) {
    const handle = freeHandle(handles, title, row.product_key);
    const firstMs = toInstant(row.first_at);
    const rng = createStream(seedNumber(row.product_key), 0, 0);
    const type = typeOf(title, row.category);
    const product: StoredProduct = {
      id: FIRST_ID.product + i, handle, title, descriptionHtml: "", vendor: "", productType: type, tags: [],
      // What was only ever given away has no price to show.
      status: row.price > 0 ? "ACTIVE" : "ARCHIVED",
      options: [{ name: "Title", values: ["Default Title"] }], imagePath: `${handle}.svg`, imageAlt: title,
      createdAtMs: firstMs, updatedAtMs: firstMs, publishedAtMs: row.price > 0 ? firstMs : null,
    };
    writer.addProduct(product, [{
      id: FIRST_ID.variant + i, title: "Default Title", sku: row.product_key, optionValues: [{ name: "Title", value: "Default Title" }], price: row.price, compareAtPrice: null, cost: null,
      // Transactions tell nothing of stock: not tracked, always for sale.
      inventoryItemId: FIRST_ID.inventoryItem + i, inventoryQuantity: 0, inventoryPolicy: "DENY", tracked: false,
    }]);
    byKey.set(row.product_key, { id: product.id, variantId: FIRST_ID.variant + i, title, sku: row.product_key });
    images.push({ imagePath: product.imagePath, image: { shape: shapeForTitle(title), colour: COLOURS.find(([words]) => words.test(title))?.[1] ?? pick(rng, ANY_COLOUR), draw: rng.next() } });
    if (type !== "" && row.price > 0) shelves.set(type, [...(shelves.get(type) ?? []), i]);
  }
  const listed = drafts.flatMap((draft, i) => (draft.row.price > 0 ? [i] : []));
  const collections = [
    { title: "Best sellers", rows: [...listed].sort((a, b) => drafts[b].row.pieces - drafts[a].row.pieces).slice(0, SHELF) },
    { title: "New in", rows: [...listed].reverse().slice(0, SHELF) },
    ...[...shelves].sort((a, b) => b[1].length - a[1].length).slice(0, 40).map(([title, rows]) => ({ title, rows: [...rows].sort((a, b) => drafts[b].row.pieces - drafts[a].row.pieces) })),
  ];
  const collectionHandles = new Set<string>();
  collections.forEach(({ title, rows }, i) => {
    writer.addCollection({ id: FIRST_ID.collection + i, handle: freeHandle(collectionHandles, title, String(i)), title, descriptionHtml: "", updatedAtMs: nowMs, productIds: rows.map((row) => FIRST_ID.product + row) });
  });
  progress.start("drawing images", images.length);
  writeImages(dataDir, images, progress);
  progress.finish();
  return byKey;
}

function chooseTypes(drafts: readonly { title: string; row: StagedProduct }[], mapping: Mapping): (title: string, category: string) => string {
  const rule = mapping.productType;
  if (rule.from === "none") return () => "";
  if (rule.from === "category") return (_, category) => (mapping.titles === "human-case" ? toHumanTitle(category) : category);
  const ignored = new Set(rule.ignoreWords.map((word) => word.toLowerCase()));
  const counts = new Map<string, number>();
  for (const { title } of drafts) {
    const noun = headNoun(title, ignored);
    if (noun !== null) counts.set(noun, (counts.get(noun) ?? 0) + 1);
  }
  return (title) => {
    const noun = headNoun(title, ignored);
    return noun !== null && (counts.get(noun) ?? 0) >= rule.minProducts ? noun : "";
  };
}

function freeHandle(taken: Set<string>, title: string, key: string): string {
  const plain = slugify(title);
  for (let attempt = 0; ; attempt++) {
    const handle = attempt === 0 ? plain : attempt === 1 ? `${plain}-${slugify(key)}` : `${plain}-${slugify(key)}-${attempt}`;
    if (taken.has(handle)) continue;
    taken.add(handle);
    return handle;
  }
}
