import { collectionSorts, type CollectionSort } from "../catalog/catalog.ts";
import { sendHtml, sendJson } from "../http/reply.ts";
import type { Route } from "../http/route.ts";
import type { Visit } from "../http/visit.ts";
import type { Storefront } from "../open-storefront.ts";
import { imageOf } from "../liquid/images.ts";
import { paginate, readPage } from "./paginate.ts";
import { productJson } from "./product-json.ts";

const PAGE_SIZE = 24;

export const catalogRoutes: readonly Route[] = [
  ["GET", /^\/$/, showHome],
  ["GET", /^\/collections\/?$/, showCollections],
  ["GET", /^\/collections\/([^/]+)$/, showCollection],
  ["GET", /^\/(?:collections\/[^/]+\/)?products\/([^/]+)\.js$/, showProductJson],
  ["GET", /^\/(?:collections\/[^/]+\/)?products\/([^/]+)$/, showProduct],
  ["GET", /^\/search$/, showSearch],
  ["GET", /^\/recommendations\/products\.json$/, showRecommendations],
];

function listCovers(front: Storefront) {
  return front.catalog.listCollections().map(({ collection, cover }) => ({ title: collection.title, url: `/collections/${collection.handle}`, featured_image: cover && imageOf(cover) }));
}

function showHome(front: Storefront, visit: Visit): void {
  const newest = front.catalog.listAll("created-descending", 1, 8).products;
  const first = front.catalog.listCollections()[0]?.collection;
  const featured = first ? front.catalog.listInCollection(first.id, "manual", 1, 4).products : [];
  const hero = newest.filter((product) => product.imagePath).slice(0, 3);
  sendHtml(visit, front.render(visit, {
    template: "index",
    objects: {
      collections: listCovers(front).slice(0, 6), newest: newest.map((product) => front.toProduct(product)), hero: hero.map((product) => front.toProduct(product)),
      featured: first && { title: first.title, url: `/collections/${first.handle}`, products: featured.map((product) => front.toProduct(product)) },
    },
  }));
}

function showCollections(front: Storefront, visit: Visit): void {
  sendHtml(visit, front.render(visit, { template: "list-collections", title: front.translate(visit.locale, "collections.title", {}), objects: { collections: listCovers(front) } }));
}

function showCollection(front: Storefront, visit: Visit, [handle]: string[]): void {
  const isAll = handle === "all";
  const collection = isAll ? { id: 0, handle, title: front.translate(visit.locale, "collections.all", {}), descriptionHtml: "" } : front.catalog.findCollection(handle);
  if (!collection) return sendHtml(visit, front.renderNotFound(visit), 404);
  const asked = visit.url.searchParams.get("sort_by");
  const sort: CollectionSort = collectionSorts.find((each) => each === asked) ?? (isAll ? "title-ascending" : "manual");
  const page = readPage(visit.url);
  const { products, total } = isAll ? front.catalog.listAll(sort, page, PAGE_SIZE) : front.catalog.listInCollection(collection.id, sort, page, PAGE_SIZE);
  sendHtml(visit, front.render(visit, {
    template: "collection", title: collection.title,
    objects: {
      collection: {
        id: collection.id, handle, title: collection.title, description: collection.descriptionHtml, url: `/collections/${handle}`, products_count: total, sort_by: sort,
        products: products.map((product) => front.toProduct(product)), sort_options: collectionSorts.filter((each) => !(isAll && each === "manual")),
      },
      paginate: paginate(visit.url, page, PAGE_SIZE, total),
    },
  }));
}

function showProduct(front: Storefront, visit: Visit, [handle]: string[]): void {
  const product = front.catalog.findByHandle(decodeURIComponent(handle));
  if (!product) return sendHtml(visit, front.renderNotFound(visit), 404);
  sendHtml(visit, front.render(visit, { template: "product", title: product.title, objects: { product: front.toProduct(product, Number(visit.url.searchParams.get("variant"))) } }));
}

function showProductJson(front: Storefront, visit: Visit, [handle]: string[]): void {
  const product = front.catalog.findByHandle(decodeURIComponent(handle));
  if (!product) return sendJson(visit, { status: 404, message: "Not Found", description: "Not Found" }, 404);
  sendJson(visit, productJson(product, front.context.shop.currency));
}

function showSearch(front: Storefront, visit: Visit): void {
  const terms = (visit.url.searchParams.get("q") ?? "").trim().slice(0, 100);
  const page = readPage(visit.url);
  const { products, total } = terms ? front.catalog.search(terms, page, PAGE_SIZE) : { products: [], total: 0 };
  sendHtml(visit, front.render(visit, {
    template: "search", title: front.translate(visit.locale, "search.title", {}),
    objects: { search: { terms, performed: terms !== "", results_count: total, results: products.map((product) => front.toProduct(product)) }, paginate: paginate(visit.url, page, PAGE_SIZE, total) },
  }));
}

/** Shopify's own recommendations, which a block falls back on. */
function showRecommendations(front: Storefront, visit: Visit): void {
  const id = Number(visit.url.searchParams.get("product_id"));
  const limit = Math.min(10, Math.max(1, Number(visit.url.searchParams.get("limit")) || 10));
  const intent = visit.url.searchParams.get("intent") ?? "related";
  if (!id) return sendJson(visit, { status: 422, message: "Parameter Missing or Invalid", description: "A product_id value is missing" }, 422);
  const product = front.catalog.findById(id);
  if (!product) return sendJson(visit, { status: 404, message: "Product not found", description: "No published product with this id" }, 404);
  const products = intent === "related" ? front.catalog.listRelated(product, limit) : [];
  sendJson(visit, { intent, products: products.map((each) => productJson(each, front.context.shop.currency)) });
}
