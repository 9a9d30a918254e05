import { readFileSync } from "node:fs";
import Database from "better-sqlite3";

/** Noon UTC of the day on which the small store's story ends. */
export const SMALL_STORE_NOW_MS = Date.UTC(2026, 10, 20, 12);
const DAY_MS = 86_400_000;

export interface SmallCustomer { readonly id: number; readonly email: string | null; readonly country: string | null; readonly tags: readonly string[]; readonly consent: string; readonly joinedDaysAgo: number }
export interface SmallOrder { readonly id: number; readonly customerId: number | null; readonly daysAgo: number; readonly lines: readonly { readonly product: number; readonly quantity: number }[]; readonly code?: string; readonly isTest?: boolean }

export const SMALL_CUSTOMERS: readonly SmallCustomer[] = [
  { id: 1, email: "ana@example.com", country: "ES", tags: ["VIP", "wholesale"], consent: "SUBSCRIBED", joinedDaysAgo: 400 },
  { id: 2, email: "bo@example.org", country: "US", tags: [], consent: "NOT_SUBSCRIBED", joinedDaysAgo: 300 },
  { id: 3, email: "cy@example.com", country: "US", tags: ["vip"], consent: "UNSUBSCRIBED", joinedDaysAgo: 200 },
  { id: 4, email: "di@example.net", country: "FR", tags: ["new in town"], consent: "SUBSCRIBED", joinedDaysAgo: 90 },
  { id: 5, email: "ed@example.com", country: "ES", tags: [], consent: "PENDING", joinedDaysAgo: 40 },
  { id: 6, email: "flo@example.com", country: null, tags: [], consent: "SUBSCRIBED", joinedDaysAgo: 30 },
  { id: 7, email: null, country: "GB", tags: ["wholesale"], consent: "NOT_SUBSCRIBED", joinedDaysAgo: 10 },
  { id: 8, email: "hal@example.com", country: "US", tags: [], consent: "SUBSCRIBED", joinedDaysAgo: 5 },
];

/** Product n costs n * 10.00; product 5 is a draft, product 6 is sold out, product 8 has three variants. */
export const SMALL_PRODUCTS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
export const priceOf = (product: number): number => product * 1000;

export const SMALL_ORDERS: readonly SmallOrder[] = [
  { id: 1, customerId: 1, daysAgo: 380, lines: [{ product: 1, quantity: 2 }, { product: 2, quantity: 1 }] },
  { id: 2, customerId: 1, daysAgo: 200, lines: [{ product: 3, quantity: 1 }] },
  { id: 3, customerId: 1, daysAgo: 20, lines: [{ product: 1, quantity: 1 }, { product: 4, quantity: 1 }], code: "OLD10" },
  { id: 4, customerId: 2, daysAgo: 250, lines: [{ product: 2, quantity: 3 }] },
  { id: 5, customerId: 2, daysAgo: 120, lines: [{ product: 2, quantity: 1 }, { product: 7, quantity: 1 }] },
  { id: 6, customerId: 3, daysAgo: 150, lines: [{ product: 7, quantity: 2 }] },
  { id: 7, customerId: 4, daysAgo: 30, lines: [{ product: 1, quantity: 1 }] },
  { id: 8, customerId: 4, daysAgo: 0, lines: [{ product: 3, quantity: 2 }, { product: 8, quantity: 1 }] },
  { id: 9, customerId: 5, daysAgo: 7, lines: [{ product: 4, quantity: 1 }] },
  { id: 10, customerId: null, daysAgo: 3, lines: [{ product: 2, quantity: 1 }] },
  { id: 11, customerId: 6, daysAgo: 2, lines: [{ product: 1, quantity: 1 }], isTest: true },
  { id: 12, customerId: 7, daysAgo: 1, lines: [{ product: 2, quantity: 2 }, { product: 3, quantity: 1 }, { product: 1, quantity: 1 }] },
];

export const subtotalOf = (order: SmallOrder): number => order.lines.reduce((sum, line) => sum + priceOf(line.product) * line.quantity, 0);
/** Order 3 was placed with a code of 10 %; the rest without. */
export const discountOf = (order: SmallOrder): number => (order.code ? subtotalOf(order) / 10 : 0);

/** A store that can be held in the head, for tests: written at `path` (":memory:" by default). */
export function createSmallStore(path = ":memory:"): Database.Database {
  const db = new Database(path);
  db.exec(readFileSync(new URL("./schema.sql", import.meta.url), "utf8"));
  const meta = db.prepare("INSERT INTO meta (key, value) VALUES (?, ?)");
  const facts = {
    shop_domain: "tessera-demo.myshopify.com", shop_name: "Small Store", currency: "USD", time_zone: "America/New_York", shop_id: 68_400_000_001, shipping_rate: 500, next_order_number: 1013,
    clock_offset_ms: SMALL_STORE_NOW_MS - Date.now(), created_at: SMALL_STORE_NOW_MS - 500 * DAY_MS,
  };
  for (const [key, value] of Object.entries(facts)) meta.run(key, String(value));
  db.transaction(() => {
    writeProducts(db);
    writeCustomers(db);
    writeOrders(db);
  })();
  return db;
}

function writeProducts(db: Database.Database): void {
  const product = db.prepare(
    "INSERT INTO products (id, handle, title, description_html, status, vendor, product_type, tags, options, image_path, image_alt, created_at, updated_at, published_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const variant = db.prepare(
    "INSERT INTO variants (id, product_id, position, title, sku, option_values, price, compare_at_price, cost, inventory_item_id, inventory_quantity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  for (const id of SMALL_PRODUCTS) {
    const at = SMALL_STORE_NOW_MS - (100 - id) * DAY_MS;
    product.run(id, `product-${id}`, `Product ${id}`, `<p>The ${id}th</p>`, id === 5 ? "DRAFT" : "ACTIVE", id % 2 ? "Odd" : "Even", id < 4 ? "Small" : "Large", JSON.stringify(id === 2 ? ["sale", "Summer"] : []), id === 8 ? '["Size"]' : "[]", `product-${id}.svg`, `Product ${id}`, at, at, id === 5 ? null : at);
    const titles = id === 8 ? ["S", "M", "L"] : ["Default Title"];
    titles.forEach((title, index) => {
      variant.run(id * 10 + index, id, index + 1, title, `SKU-${id}-${index}`, JSON.stringify([title]), priceOf(id), id === 2 ? priceOf(3) : null, priceOf(id) / 2, id * 100 + index, id === 6 ? 0 : 50);
    });
  }
  db.exec("INSERT INTO collections (id, handle, title, updated_at) VALUES (1, 'cheap', 'Cheap', 0), (2, 'dear', 'Dear', 0)");
  db.exec("INSERT INTO collection_products (collection_id, product_id, position) VALUES (1, 1, 0), (1, 2, 1), (1, 3, 2), (2, 7, 0), (2, 8, 1)");
}

function writeCustomers(db: Database.Database): void {
  const insert = db.prepare(
    `INSERT INTO customers (id, first_name, last_name, email, phone, tags, email_marketing, email_marketing_at, address1, zip, city, province_code, country_code, number_of_orders, amount_spent, last_order_id, last_order_at, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, '1 Main Street', '10000', 'Townville', 'NY', ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const customer of SMALL_CUSTOMERS) {
    const orders = SMALL_ORDERS.filter((order) => order.customerId === customer.id && !order.isTest);
    const last = orders.at(-1);
    const joined = SMALL_STORE_NOW_MS - customer.joinedDaysAgo * DAY_MS;
    insert.run(
      customer.id, `First${customer.id}`, `Last${customer.id}`, customer.email, `+1555000000${customer.id}`, JSON.stringify(customer.tags), customer.consent, joined, customer.country, orders.length,
      orders.reduce((sum, order) => sum + subtotalOf(order) - discountOf(order), 0), last?.id ?? null, last ? SMALL_STORE_NOW_MS - last.daysAgo * DAY_MS : null, joined, joined + customer.id * 1000,
    );
  }
}

function writeOrders(db: Database.Database): void {
  const order = db.prepare(
    "INSERT INTO orders (id, name, token, customer_id, email, created_at, processed_at, updated_at, test, subtotal, total_discounts, total, country_code) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const line = db.prepare("INSERT INTO line_items (id, order_id, product_id, variant_id, title, variant_title, sku, quantity, current_quantity, price, discount) VALUES (?, ?, ?, ?, ?, 'Default Title', ?, ?, ?, ?, ?)");
  for (const small of SMALL_ORDERS) {
    const at = SMALL_STORE_NOW_MS - small.daysAgo * DAY_MS;
    const customer = SMALL_CUSTOMERS.find(({ id }) => id === small.customerId);
    order.run(small.id, `#${1000 + small.id}`, `token-${small.id}`, small.customerId, customer?.email ?? null, at, at, at, small.isTest ? 1 : 0, subtotalOf(small), discountOf(small), subtotalOf(small) - discountOf(small), customer?.country ?? null);
    if (small.code) db.prepare("INSERT INTO order_discounts (order_id, code, amount, kind) VALUES (?, ?, ?, 'percentage')").run(small.id, small.code, discountOf(small));
    small.lines.forEach(({ product, quantity }, index) => {
      line.run(small.id * 10 + index, small.id, product, product * 10, `Product ${product}`, `SKU-${product}-0`, quantity, quantity, priceOf(product), small.code ? (priceOf(product) * quantity) / 10 : 0);
    });
  }
}
