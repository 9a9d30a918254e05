import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import Database from "better-sqlite3";
import type { Database as Db } from "better-sqlite3";

export interface ShelfProduct {
  readonly id: number;
  readonly title: string;
  readonly price: number;
  readonly stock?: number;
  readonly compareAt?: number;
  readonly type?: string;
  readonly variants?: readonly { id: number; title: string; price: number; stock: number }[];
}

export const NOW_MS = Date.UTC(2026, 5, 15, 12);
export const APP_NAMESPACE = "app--1";

/** An empty store of the dev store with a few products on its shelves; product 7's only variant is 70. */
export function openShelves(products: readonly ShelfProduct[], meta: Record<string, string> = {}): Db {
  const db = new Database(":memory:");
  db.exec(readFileSync("dev-store/db/schema.sql", "utf8"));
  const setMeta = db.prepare("INSERT INTO meta (key, value) VALUES (?, ?)");
  const facts = { shop_id: "1", shop_domain: "shelves.myshopify.com", shop_name: "Shelves", currency: "USD", time_zone: "UTC", shipping_rate: "500", clock_offset_ms: "0", next_order_number: "1001", ...meta };
  for (const [key, value] of Object.entries(facts)) setMeta.run(key, value);
  const insert = db.prepare(
    "INSERT INTO products (id, handle, title, product_type, options, image_path, created_at, updated_at, published_at) VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0)",
  );
  const variant = db.prepare(
    "INSERT INTO variants (id, product_id, position, title, option_values, price, compare_at_price, inventory_item_id, inventory_quantity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  for (const product of products) {
    const { id, title, price, stock = 10, compareAt = null, type = "Things" } = product;
    insert.run(id, title.toLowerCase().replace(/\W+/g, "-"), title, type, JSON.stringify([{ name: product.variants ? "Size" : "Title", values: [] }]), `${id}.svg`);
    const variants = product.variants ?? [{ id: id * 10, title: "Default Title", price, stock }];
    variants.forEach((each, at) => variant.run(each.id, id, at + 1, each.title, JSON.stringify([each.title]), each.price, compareAt, each.id, each.stock));
  }
  db.prepare("INSERT INTO installation (id, installed, scopes, installed_at) VALUES (1, 1, 'read_products', 0)").run();
  return db;
}

/** What the app writes to a product: its companions and in how many orders they met. */
export function putBundle(db: Db, productId: number, companions: readonly (readonly [productId: number, orders: number])[]): void {
  const put = db.prepare("INSERT INTO metafields (owner_type, owner_id, namespace, key, type, value, created_at, updated_at) VALUES ('PRODUCT', ?, ?, ?, ?, ?, 0, 0)");
  put.run(productId, APP_NAMESPACE, "bought_together", "list.product_reference", JSON.stringify(companions.map(([id]) => `gid://shopify/Product/${id}`)));
  put.run(productId, APP_NAMESPACE, "bought_together_reasons", "json", JSON.stringify(Object.fromEntries(companions.map(([id, orders]) => [id, { orders, share: 0.5 }]))));
}

/** Starts a server on a free port of the loopback. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}

