import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DevStoreContext } from "../context.ts";
import { createCustomers, type Customers } from "./account/customers.ts";
import { createPlacedOrders, type PlacedOrders } from "./account/placed-orders.ts";
import { createCartStore, type CartStore } from "./cart/cart-store.ts";
import { priceCart, type PricedCart } from "./cart/price-cart.ts";
import { createCatalog, type Catalog } from "./catalog/catalog.ts";
import type { ProductRecord } from "./catalog/product-record.ts";
import { loadExtensions, type ExtensionBlock } from "./extension/load-extensions.ts";
import { placeStandardBlocks } from "./extension/placed-blocks.ts";
import type { Visit } from "./http/visit.ts";
import { createEngine } from "./liquid/engine.ts";
import { createProductDrops, type ProductDrop } from "./liquid/product-drop.ts";
import { loadTranslations, type Translate } from "./liquid/translations.ts";
import { createPageRenderer, type Page } from "./pages/render-page.ts";

export const themeDir = fileURLToPath(new URL("./theme/", import.meta.url));

/** What every page of the storefront works with. */
export interface Storefront {
  readonly context: DevStoreContext;
  readonly catalog: Catalog;
  readonly carts: CartStore;
  readonly customers: Customers;
  readonly placedOrders: PlacedOrders;
  readonly blocks: ReadonlyMap<string, ExtensionBlock>;
  readonly translate: Translate;
  toProduct(product: ProductRecord, selectedVariantId?: number | null): ProductDrop;
  priceCartOf(visit: Visit): PricedCart;
  render(visit: Visit, page: Page): string;
  renderLiquid(visit: Visit, source: string): string;
  renderNotFound(visit: Visit): string;
}

export function openStorefront(context: DevStoreContext): Storefront {
  const { db, clock, shop, config } = context;
  const nowMs = () => clock.nowMs();
  const catalog = createCatalog(db, nowMs);
  const carts = createCartStore(db, nowMs);
  const customers = createCustomers(db, nowMs);
  const translate = loadTranslations(join(themeDir, "locales"));
  const toProduct = createProductDrops({ db, catalog, currency: shop.currency, appNamespace: config.appNamespace });
  const engine = createEngine(
    { templates: join(themeDir, "templates"), snippets: join(themeDir, "snippets"), layouts: join(themeDir, "layout") },
    { currency: shop.currency, translate, assetUrl: themeAssetUrl },
  );
  placeStandardBlocks(db);

  const priceCartOf = (visit: Visit) => {
    const customer = visit.customerId === null ? null : customers.findById(visit.customerId);
    const shopper = { customerId: visit.customerId, email: customer?.email ?? null, countryCode: customer?.countryCode ?? null };
    return priceCart(carts.find(visit.cookies.get("cart")), shopper, catalog, context.discounts);
  };
  const blocks = loadExtensions(config.extensionsDir, shop.currency);
  const parts = { context, catalog, carts, customers, blocks, translate, toProduct, priceCartOf, placedOrders: createPlacedOrders(db, catalog, shop.currency, shop.timeZone) };
  const pages = createPageRenderer(parts, engine);
  return { ...parts, ...pages };
}

function themeAssetUrl(name: string): string {
  return `/cdn/theme/${name}?v=${createHash("sha256").update(readFileSync(join(themeDir, "assets", name))).digest("hex").slice(0, 10)}`;
}
