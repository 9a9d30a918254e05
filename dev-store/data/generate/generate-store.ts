import path from "node:path";
import { createStream, seedNumber, STREAM } from "../counter-rng.ts";
import { WeightedIndex } from "../distributions.ts";
import type { Preset } from "../presets/preset.ts";
import type { Progress } from "../progress.ts";
import { FIRST_ID } from "../store-ids.ts";
import { openStoreWriter, type StoreWriter } from "../store-writer.ts";
import { writeShopMeta } from "../shop-meta.ts";
import { writeImages } from "../images/write-images.ts";
import { createBasketSource } from "./basket.ts";
import { createCalendar } from "./calendar.ts";
import { createCatalogue, defaultProductCount, type Catalogue } from "./catalogue.ts";
import { plantComplements } from "./complements.ts";
import { writeCustomerExtras, writeFieldDefinitions } from "./customer-extras.ts";
import { createCustomerRow, tallyOrders } from "./customer-row.ts";
import { describeOffer, listCodeOffers, type CodeOffer } from "./discount-codes.ts";
import { fillOrder, firstRowIds } from "./fill-order.ts";
import { OrderNumbers } from "./order-numbers.ts";
import { createPersonSource } from "./person.ts";
import { drawTimeline, type TimelineSettings } from "./timeline.ts";
import { openTruthFile } from "./truth-file.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const GUEST_SHARE = 0.15;
/** These guests order in the last hours, so that a fresh demo shop looks alive. */
const LATE_GUESTS = 3;
const FIRST_ORDER_NUMBER = 1001;

export interface GenerateSettings {
  readonly dataDir: string;
  readonly preset: Preset;
  readonly customers: number;
  readonly products?: number;
  readonly seed: string;
  readonly nowMs: number;
  readonly days?: number;
  readonly currency?: string;
  readonly shopDomain: string;
  readonly progress: Progress;
}

export function generateStore(settings: GenerateSettings): StoreWriter["counts"] {
  const { preset, progress } = settings;
  const seed = seedNumber(settings.seed);
  const endMs = settings.nowMs;
  const startMs = endMs - (settings.days ?? 730) * DAY_MS;
  const calendar = createCalendar(startMs, endMs, preset.timeZone, preset.intensity);
  const catalogue = createCatalogue(preset, seed, settings.products ?? defaultProductCount(preset, settings.customers), startMs, endMs);
  const complements = plantComplements(preset, catalogue, seed, startMs);
  const timelines = createTimelineSettings(settings, seed, catalogue, calendar);
  const offers = listCodeOffers(startMs, endMs);
  const numbers = new OrderNumbers(startMs, endMs);

  progress.start("planning customers", settings.customers);
  for (let row = 0; row < settings.customers; row++) {
    for (const order of drawTimeline(timelines, row).orders) numbers.count(order.atMs);
    if ((row & 1023) === 0) progress.update(row);
  }
  progress.finish();
  const guests = Math.max(LATE_GUESTS, Math.round((numbers.total * GUEST_SHARE) / (1 - GUEST_SHARE)));
  const guestAt = (row: number) => {
    const rng = createStream(seed, STREAM.guest, row);
    return row < LATE_GUESTS ? Math.floor(endMs - (0.3 + 17 * rng.next()) * HOUR_MS) : calendar.atFraction(rng.next());
  };
  for (let row = 0; row < guests; row++) numbers.count(guestAt(row));
  numbers.open();

  const writer = openStoreWriter(settings.dataDir);
  try {
    const truth = openTruthFile(path.join(settings.dataDir, "truth.json"), { preset: preset.name, seed: settings.seed, startMs, nowMs: endMs }, catalogue, complements);
    const usage = new Map<string, number>();
    const ids = firstRowIds();
    const fillBasket = createBasketSource(preset, catalogue, complements);
    const createPerson = createPersonSource(preset);
    const orderId = (rank: number) => ({ id: FIRST_ID.order + rank, number: FIRST_ORDER_NUMBER + rank });

    writeCatalogue(writer, catalogue, endMs);
    writeFieldDefinitions(writer);
    const extras = { seed, nowMs: endMs, variantIds: catalogue.products.flatMap((product) => product.variants.map(({ id }) => id)) };
    progress.start("writing orders", numbers.total);
    for (let row = 0; row < settings.customers; row++) {
      const timeline = drawTimeline(timelines, row);
      const customerId = FIRST_ID.customer + row;
      const personRng = createStream(seed, STREAM.person, row);
      const person = createPerson(personRng, String(row + 1));
      const rng = createStream(seed, STREAM.basket, row);
      const sizeDraw = rng.next();
      const shopper = { ...timeline, history: { products: [], atMs: [] }, reserved: new Set(timeline.cycles.map((cycle) => cycle.product)) };
      const orders = timeline.orders.map(({ atMs, cycle }, i) => {
        const basket = fillBasket(rng, shopper, i + 1, atMs, cycle?.product ?? null);
        return fillOrder(preset, catalogue, offers, ids, rng, {
          ...orderId(numbers.take(atMs)), atMs, nowMs: endMs, customerId, email: person.email, countryCode: person.countryCode,
          orderNumberOfCustomer: i + 1, isDiscountLover: timeline.isDiscountLover, sizeDraw, basket,
        });
      });
      writer.addCustomer(createCustomerRow(customerId, person, timeline.joinedMs, tallyOrders(orders), personRng));
      writeCustomerExtras(writer, extras, row, customerId, person.email, timeline.joinedMs);
      for (const order of orders) {
        writer.addOrder(order);
        for (const { code } of order.discounts) usage.set(code, (usage.get(code) ?? 0) + 1);
      }
      truth.addCustomer(customerId, timeline);
      if ((row & 255) === 0) progress.update(writer.counts.orders);
    }
    for (let row = 0; row < guests; row++) {
      const atMs = guestAt(row);
      const rng = createStream(seed, STREAM.guest, guests + row);
      const person = createPerson(rng, `g${row + 1}`);
      const shopper = { home: timelines.categoryIndex.draw(rng), secondHome: timelines.categoryIndex.draw(rng), basketMu: preset.basketMuMean, history: { products: [], atMs: [] }, reserved: new Set<number>() };
      const basket = fillBasket(rng, shopper, 1, atMs, null);
      const order = fillOrder(preset, catalogue, offers, ids, rng, {
        ...orderId(numbers.take(atMs)), atMs, nowMs: endMs, customerId: null, email: person.email, countryCode: person.countryCode,
        orderNumberOfCustomer: 1, isDiscountLover: false, sizeDraw: rng.next(), basket,
      });
      writer.addOrder(order);
      for (const { code } of order.discounts) usage.set(code, (usage.get(code) ?? 0) + 1);
      if ((row & 255) === 0) progress.update(writer.counts.orders);
    }
    progress.finish();
    truth.finish();
    writeOffers(writer, offers, usage);
    writeShopMeta(writer, {
      shopDomain: settings.shopDomain, shopName: preset.shopName, currency: settings.currency ?? preset.currency, timeZone: preset.timeZone,
      shippingRate: preset.shippingRate, seed: settings.seed, nextOrderNumber: FIRST_ORDER_NUMBER + numbers.total, source: `generated:${preset.name}`,
    });
    progress.start("drawing images", catalogue.products.length);
    writeImages(settings.dataDir, catalogue.products, progress);
    progress.finish();
    progress.start("building indexes", 1);
    writer.finish();
    progress.finish();
    return writer.counts;
  } catch (error) {
    writer.abort();
    throw error;
  }
}

function createTimelineSettings(settings: GenerateSettings, seed: number, catalogue: Catalogue, calendar: TimelineSettings["calendar"]): TimelineSettings {
  const consumables = catalogue.products.flatMap((product, row) => (product.cycleDays ? [row] : []));
  return {
    preset: settings.preset,
    calendar,
    seed,
    catalogue,
    categoryIndex: new WeightedIndex(catalogue.byCategory.map((rows) => rows.length)),
    consumables,
    consumableIndex: new WeightedIndex(consumables.map((row) => catalogue.products[row].weight)),
  };
}

function writeCatalogue(writer: StoreWriter, catalogue: Catalogue, nowMs: number): void {
  for (const product of catalogue.products) writer.addProduct(product, product.variants);
  const list = (rows: readonly number[]) => [...rows].sort((a, b) => catalogue.products[b].weight - catalogue.products[a].weight).map((row) => catalogue.products[row].id);
  const rowsWith = (tag: string) => catalogue.products.flatMap((product, row) => (product.tags.includes(tag) ? [row] : []));
  const collections = [
    ...catalogue.categories.map((title, category) => ({ title, rows: catalogue.byCategory[category], text: `Everything in ${title.toLowerCase()}.` })),
    { title: "New in", rows: rowsWith("new"), text: "Launched in the last two months." },
    { title: "Sale", rows: rowsWith("sale"), text: "Reduced for a while." },
    { title: "Gifts", rows: rowsWith("gift"), text: "Small things that please." },
  ];
  collections.forEach(({ title, rows, text }, i) => {
    const handle = title.toLowerCase().replace(/[^a-z]+/g, "-");
    writer.addCollection({ id: FIRST_ID.collection + i, handle, title, descriptionHtml: `<p>${text.replace("&", "&amp;")}</p>`, updatedAtMs: nowMs, productIds: list(rows) });
  });
}

function writeOffers(writer: StoreWriter, offers: readonly CodeOffer[], usage: ReadonlyMap<string, number>): void {
  for (const offer of offers) {
    writer.addDiscount({
      id: offer.id, kind: "basic", title: offer.title, definition: describeOffer(offer), startsAtMs: offer.startsAtMs, endsAtMs: offer.endsAtMs,
      oncePerCustomer: offer.onFirstOrder, usageCount: usage.get(offer.code) ?? 0, codeId: offer.codeId, code: offer.code,
    });
  }
}
