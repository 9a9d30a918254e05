import type { Liquid } from "liquidjs";
import { cartJson, discountApplications } from "../cart/cart-json.ts";
import type { PricedCart } from "../cart/price-cart.ts";
import { isAppInstalled, listPlacedBlocks } from "../extension/placed-blocks.ts";
import { renderBlocks } from "../extension/render-blocks.ts";
import { locales, type Visit } from "../http/visit.ts";
import { createMetafieldReader } from "../liquid/metafields.ts";
import { moneyFormat, toHundredths } from "../money-format.ts";
import type { Storefront } from "../open-storefront.ts";
import { headScript } from "./head-script.ts";

export interface Page {
  /** Shopify's template name, and the file in theme/templates. */
  readonly template: string;
  readonly title?: string;
  readonly objects?: Readonly<Record<string, unknown>>;
  /** When the caller has priced the cart already. */
  readonly cart?: PricedCart;
}

const routes = {
  root_url: "/", collections_url: "/collections", all_products_collection_url: "/collections/all", search_url: "/search", cart_url: "/cart",
  cart_add_url: "/cart/add", cart_change_url: "/cart/change", cart_update_url: "/cart/update", cart_clear_url: "/cart/clear",
  product_recommendations_url: "/recommendations/products", account_url: "/account", account_login_url: "/account/login", account_logout_url: "/account/logout",
};

type Parts = Pick<Storefront, "context" | "catalog" | "customers" | "blocks" | "translate" | "toProduct" | "priceCartOf">;

export function createPageRenderer(parts: Parts, engine: Liquid): Pick<Storefront, "render" | "renderLiquid" | "renderNotFound"> {
  const { context, catalog, customers } = parts;
  const { shop, db, config } = context;
  const readMetafields = createMetafieldReader(db, config.appNamespace);

  /** What Shopify gives to every template, snippet and block. */
  function globalsFor(visit: Visit, page: Page): Record<string, unknown> {
    const customer = visit.customerId === null ? null : customers.findById(visit.customerId);
    const priced = page.cart ?? parts.priceCartOf(visit);
    const cart = cartJson(priced, shop.currency);
    const language = locales.find((locale) => locale.iso_code === visit.locale) ?? locales[0];
    return {
      shop: { id: shop.id, name: shop.name, domain: shop.domain, permanent_domain: shop.domain, url: config.origin, currency: shop.currency, money_format: moneyFormat(shop.currency), locale: "en" },
      routes, settings: {},
      request: { locale: { ...language, name: language.endonym_name, root_url: "/" }, path: visit.url.pathname, page_type: page.template, host: visit.url.host, origin: config.origin, design_mode: false },
      localization: { language, available_languages: locales, country: { iso_code: "US", currency: { iso_code: shop.currency } }, market: { id: 1, handle: "primary" } },
      customer: customer && {
        id: customer.id, email: customer.email, first_name: customer.firstName, last_name: customer.lastName, name: [customer.firstName, customer.lastName].filter(Boolean).join(" "),
        orders_count: customer.ordersCount, total_spent: toHundredths(customer.amountSpent, shop.currency), tags: JSON.parse(customer.tags),
      },
      cart: { ...cart, items: cart.items.map((item) => ({ ...item, image_drop: item.image && { src: item.image, alt: item.product_title } })), currency: { iso_code: shop.currency }, discount_applications: discountApplications(priced.applied, shop.currency) },
      template: { name: page.template }, page_title: page.title ?? shop.name, canonical_url: `${config.origin}${visit.url.pathname}`,
      get app() { return { metafields: readMetafields("APPINSTALLATION", 1, { products: (ids) => catalog.listByIds(ids).map((found) => parts.toProduct(found)) }) }; },
      get linklists() { return { main: { links: catalog.listCollections().slice(0, 5).map(({ collection }) => ({ title: collection.title, url: `/collections/${collection.handle}` })) } }; },
      ...page.objects,
    };
  }

  function inLayout(visit: Visit, page: Page, content: (globals: Record<string, unknown>) => string): string {
    const globals = globalsFor(visit, page);
    const placed = isAppInstalled(db) ? listPlacedBlocks(db, page.template) : [];
    const rendered = renderBlocks(parts.blocks, placed, {
      template: page.template, globals,
      findProduct: (key) => {
        const found = typeof key === "number" ? catalog.findById(key) : catalog.findByHandle(key);
        return found && parts.toProduct(found);
      },
      onError: (block, error) => void process.stderr.write(`app block ${block}: ${error instanceof Error ? error.message : String(error)}\n`),
    });
    const head = headScript({ shopDomain: shop.domain, currency: shop.currency, locale: visit.locale });
    const all = { ...globals, section: { id: `template--${page.template}__apps`, blocks: rendered.sections.map((html) => ({ type: "@app", rendered: html })) } };
    return engine.renderFileSync("theme", {
      content_for_layout: content(all), content_for_header: `${head}${rendered.head}`, content_for_body_end: rendered.bodyEnd,
    }, { globals: all });
  }

  const render = (visit: Visit, page: Page) => inLayout(visit, page, (globals) => engine.renderFileSync(page.template, {}, { globals }));
  return {
    render,
    renderNotFound: (visit) => render(visit, { template: "404", title: parts.translate(visit.locale, "not_found.title", {}) }),
    /** An app proxy's `application/liquid`: in the theme's layout unless it says `{% layout none %}`. */
    renderLiquid(visit, source) {
      const bare = /\{%-?\s*layout\s+(?:none|false)\s*-?%\}/;
      const page: Page = { template: "page" };
      if (bare.test(source)) return engine.parseAndRenderSync(source.replace(bare, ""), {}, { globals: globalsFor(visit, page) });
      return inLayout(visit, page, (globals) => `<div class="page-width rte">${engine.parseAndRenderSync(source, {}, { globals })}</div>`);
    },
  };
}
