import { createStream, STREAM, type Rng } from "../counter-rng.ts";
import { drawLogNormal, pick, WeightedIndex } from "../distributions.ts";
import type { ImageSpec } from "../images/product-image.ts";
import type { Preset, TypeSpec } from "../presets/preset.ts";
import { slugify } from "../slug.ts";
import { FIRST_ID } from "../store-ids.ts";
import type { StoredProduct, StoredVariant } from "../stored-rows.ts";

const DAY_MS = 86_400_000;

export interface CatalogueProduct extends StoredProduct {
  readonly variants: readonly StoredVariant[];
  /** Row of `categories`. */
  readonly category: number;
  readonly type: string;
  /** Popularity; Zipf-Mandelbrot in a random order of products. */
  readonly weight: number;
  /** Not sold before. */
  readonly launchMs: number;
  readonly cycleDays: readonly [number, number] | null;
  readonly image: ImageSpec;
  /** Variants stand colour by colour, each in this many sizes. */
  readonly sizeCount: number;
}

export interface Catalogue {
  readonly products: readonly CatalogueProduct[];
  readonly categories: readonly string[];
  readonly byCategory: readonly (readonly number[])[];
}

/** More customers, wider shelves: fashion has 120 products at 100 customers, about 250 at 500, 7,500 at a million. */
export function defaultProductCount(preset: Preset, customers: number): number {
  return Math.round(preset.productsPer100 * Math.max(1, customers / 100) ** 0.45);
}

export function createCatalogue(preset: Preset, seed: number, count: number, startMs: number, endMs: number): Catalogue {
  const shuffle = createStream(seed, STREAM.catalogue, 0);
  const ranks = Array.from({ length: count }, (_, rank) => rank);
  for (let i = count - 1; i > 0; i--) {
    const j = shuffle.below(i + 1);
    [ranks[i], ranks[j]] = [ranks[j], ranks[i]];
  }
  const categories = [...new Set(preset.types.map((type) => type.category))];
  const typeIndex = new WeightedIndex(preset.types.map((type) => type.weight));
  // The offset of 20 flattens the head of a catalogue of thousands; a small one keeps the same shares with a smaller offset.
  const offset = Math.min(20, Math.max(2, count / 110));
  const handles = new Set<string>();
  const products = ranks.map((rank, row) => {
    const rng = createStream(seed, STREAM.catalogue, row + 1);
    // Every type appears once before chance decides, so that small shops have all of them.
    const spec = row < preset.types.length ? preset.types[row] : preset.types[typeIndex.draw(rng)];
    return createProduct({ preset, spec, rng, row, handles, startMs, endMs, weight: (rank + offset) ** -0.9, category: categories.indexOf(spec.category) });
  });
  const byCategory = categories.map((_, category) => products.flatMap((product, row) => (product.category === category ? [row] : [])));
  return { products, categories, byCategory };
}

interface Draft {
  preset: Preset;
  spec: TypeSpec;
  rng: Rng;
  row: number;
  handles: Set<string>;
  startMs: number;
  endMs: number;
  weight: number;
  category: number;
}

function createProduct({ preset, spec, rng, row, handles, startMs, endMs, weight, category }: Draft): CatalogueProduct {
  const { title, handle } = nameProduct(spec, rng, handles);
  const windowDays = (endMs - startMs) / DAY_MS;
  // A tenth of the catalogue is launched in each quarter of the window; the rest was there before it.
  const launchedInside = rng.next() < Math.min(0.8, (windowDays / 91) * 0.1) && !spec.cycleDays;
  const launchMs = launchedInside ? Math.floor(startMs + rng.next() * (endMs - startMs) * 0.97) : Math.floor(startMs - (30 + rng.next() * 700) * DAY_MS);
  const colours = spec.colourIn === "option" ? drawColours(preset, rng) : [];
  const main = colours[0] ?? pick(rng, preset.colours);
  const base = drawLogNormal(rng, Math.log(spec.medianPrice), spec.priceSigma);
  const vendor = pick(rng, preset.vendors);
  const isSoldOut = rng.next() < 0.05;
  const onSale = rng.next() < 0.14;
  const costShare = 0.32 + rng.next() * 0.26;
  const hasCost = rng.next() < 0.93;
  const sizes: readonly string[] = spec.sizes.length > 0 ? spec.sizes : [""];
  const pairs = (colours.length > 0 ? colours.map((colour) => colour.name) : [""]).flatMap((colour) => sizes.map((size, step) => ({ colour, size, step })));
  const variants = pairs.map(({ colour, size, step }, i): StoredVariant => {
    const price = charmPrice(base * spec.sizePriceRatio ** (sizes.length > 1 ? step / (sizes.length - 1) : 0));
    const optionValues = [...(colour ? [{ name: "Colour", value: colour }] : []), ...(size ? [{ name: spec.sizeName, value: size }] : [])];
    const isOut = isSoldOut || (pairs.length > 1 && rng.next() < 0.05);
    return {
      id: FIRST_ID.variant + row * 100 + i,
      title: optionValues.map((option) => option.value).join(" / ") || "Default Title",
      sku: `${spec.type.slice(0, 3).toUpperCase()}-${String(row + 1).padStart(5, "0")}${pairs.length > 1 ? `-${i + 1}` : ""}`,
      optionValues: optionValues.length > 0 ? optionValues : [{ name: "Title", value: "Default Title" }],
      price,
      compareAtPrice: onSale ? charmPrice((price / 100) * 1.3) : null,
      cost: hasCost ? Math.round(price * costShare) : null,
      inventoryItemId: FIRST_ID.inventoryItem + row * 100 + i,
      inventoryQuantity: isOut ? 0 : 3 + Math.floor(drawLogNormal(rng, 3, 0.9)),
      inventoryPolicy: rng.next() < 0.03 ? "CONTINUE" : "DENY",
      tracked: true,
    };
  });
  return {
    id: FIRST_ID.product + row,
    handle,
    title,
    descriptionHtml: `<p>${spec.blurb}</p><p>${title} by ${vendor.replace("&", "&amp;")}.</p>`,
    status: "ACTIVE",
    vendor,
    productType: spec.type,
    tags: [...spec.tags, ...(launchedInside && launchMs > endMs - 60 * DAY_MS ? ["new"] : []), ...(onSale ? ["sale"] : [])],
    options: variants[0].optionValues.map(({ name }) => ({ name, values: [...new Set(variants.flatMap((variant) => variant.optionValues.filter((option) => option.name === name).map((option) => option.value)))] })),
    imagePath: `${handle}.svg`,
    imageAlt: title,
    createdAtMs: launchMs - 5 * DAY_MS,
    updatedAtMs: launchMs,
    publishedAtMs: launchMs,
    variants,
    sizeCount: sizes.length,
    category,
    type: spec.type,
    weight,
    launchMs,
    cycleDays: spec.cycleDays ?? null,
    image: { shape: spec.shape, colour: main.hex, draw: rng.next() },
  };
}

function nameProduct(spec: TypeSpec, rng: Rng, handles: Set<string>): { title: string; handle: string } {
  for (let attempt = 0; ; attempt++) {
    const title = spec.pattern.replace("{first}", pick(rng, spec.first)).replace("{second}", pick(rng, spec.second)).replace("{noun}", pick(rng, spec.nouns));
    // Larger catalogues than the words allow get later editions of the same article.
    const edition = attempt < 12 ? title : `${title} No. ${2 + Math.floor(attempt / 12) + rng.below(40)}`;
    const handle = slugify(edition);
    if (handles.has(handle)) continue;
    handles.add(handle);
    return { title: edition, handle };
  }
}

function drawColours(preset: Preset, rng: Rng): Preset["colours"][number][] {
  const wanted = 1 + rng.below(3);
  const found = new Set<Preset["colours"][number]>();
  while (found.size < wanted) found.add(pick(rng, preset.colours));
  return [...found];
}

/** Minor units that end in 90 (or 50 under ten), as price tags do. */
function charmPrice(amount: number): number {
  return amount < 10 ? Math.max(90, Math.round(amount * 2) * 50 - (Math.round(amount * 2) % 2 === 0 ? 10 : 0)) : Math.max(1, Math.round(amount)) * 100 - 10;
}
