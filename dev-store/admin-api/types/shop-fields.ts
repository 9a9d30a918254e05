import { gid, readGid } from "#dev-store/gid.ts";
import { loadRows } from "#dev-store/db/load-rows.ts";
import type { SegmentRow } from "#dev-store/db/rows.ts";
import { isoSecond, zoneOffsetMs } from "#dev-store/time.ts";
import { readMeta } from "#dev-store/db/meta.ts";
import { GraphQLError } from "graphql";
import type { Api, FieldTable } from "../field-types.ts";
import { addFields, textArg, textsArg } from "../field-types.ts";
import { Group } from "../items.ts";
import { MAX_PAGE } from "../paging.ts";

const TABLES = {
  Product: "products", ProductVariant: "variants", Collection: "collections", Customer: "customers", Order: "orders", LineItem: "line_items", Refund: "refunds", Segment: "segments",
} as const;

const isTabled = (type: string): type is keyof typeof TABLES => type in TABLES;

/** Nodes of many ids in the order asked for; null where there is none. */
function nodesOf(ids: readonly string[], api: Api): unknown[] {
  const byType = new Map<string, number[]>();
  for (const id of ids) {
    const found = readGid(id);
    if (!found) throw new GraphQLError(`Invalid global id '${id}'`, { extensions: { code: "argumentLiteralsIncompatible" } });
    byType.set(found.type, [...(byType.get(found.type) ?? []), found.id]);
  }
  const nodes = new Map<string, unknown>();
  for (const [type, numbers] of byType) {
    if (isTabled(type)) {
      for (const item of new Group<{ readonly id: number }>(type, loadRows(api.db, TABLES[type], numbers)).items) nodes.set(gid(type, item.row.id), item);
    } else {
      for (const number of numbers) nodes.set(gid(type, number), api.bulk.findNode(type, number) ?? simpleNode(type, number, api));
    }
  }
  return ids.map((id) => nodes.get(id) ?? null);
}

function simpleNode(type: string, number: number, api: Api): unknown {
  if (type === "Shop") return shopNode(api);
  throw new GraphQLError(`not simulated: node of type ${type} (${number})`, { extensions: { code: "NOT_SIMULATED" } });
}

const shopNode = (api: Api) => ({ __typename: "Shop", id: gid("Shop", api.store.shop.id) });

export function addShopFields(table: FieldTable): void {
  addFields<unknown>(table, "Shop", {
    id: (_, __, api) => gid("Shop", api.store.shop.id),
    name: (_, __, api) => api.store.shop.name,
    myshopifyDomain: (_, __, api) => api.store.shop.domain,
    currencyCode: (_, __, api) => api.store.shop.currency,
    ianaTimezone: (_, __, api) => api.store.shop.timeZone,
    timezoneOffsetMinutes: (_, __, api) => zoneOffsetMs(api.store.clock.nowMs(), api.store.shop.timeZone) / 60_000,
    email: (_, __, api) => `owner@${api.store.shop.domain}`,
    contactEmail: (_, __, api) => `owner@${api.store.shop.domain}`,
    shopOwnerName: () => "Store Owner",
    url: (_, __, api) => `https://${api.store.shop.domain}`,
    createdAt: (_, __, api) => isoSecond(Number(readMeta(api.db, "created_at") ?? 0)),
    plan: () => ({ displayName: "Developer Preview", publicDisplayName: "Development", shopifyPlus: false, partnerDevelopment: true }),
    primaryDomain: (_, __, api) => ({ __typename: "Domain", id: gid("Domain", 1), host: api.store.shop.domain, url: api.store.config.origin, sslEnabled: false }),
    enabledPresentmentCurrencies: (_, __, api) => [api.store.shop.currency],
    weightUnit: () => "KILOGRAMS",
    unitSystem: () => "METRIC_SYSTEM",
    taxesIncluded: () => true,
    setupRequired: () => false,
    currencyFormats: (_, __, api) => {
      const symbol = new Intl.NumberFormat("en", { style: "currency", currency: api.store.shop.currency, currencyDisplay: "narrowSymbol" }).formatToParts(0).find(({ type }) => type === "currency")?.value ?? "";
      return { moneyFormat: `${symbol}{{amount}}`, moneyWithCurrencyFormat: `${symbol}{{amount}} ${api.store.shop.currency}` };
    },
  });

  const app = (api: Api) => ({
    __typename: "App", id: gid("App", 1), handle: "tessera", title: api.store.config.app.name, apiKey: api.store.config.apiKey, embedded: true,
    webhookApiVersion: api.store.config.app.webhookApiVersion,
  });
  const installation = (api: Api) => ({
    __typename: "AppInstallation",
    id: gid("AppInstallation", 1),
    launchUrl: `${api.store.config.origin}/admin/apps/tessera`,
    uninstallUrl: null,
    app: app(api),
    accessScopes: [...api.scopes].map((handle) => ({ handle, description: handle.replace("_", " ") })),
    // Nothing is billed here: Shopify App Pricing starts with no subscription.
    activeSubscriptions: [],
  });
  addFields<unknown>(table, "QueryRoot", {
    shop: (_, __, api) => shopNode(api),
    app: (_, __, api) => ({ ...app(api), installation: installation(api) }),
    currentAppInstallation: (_, __, api) => installation(api),
    node: (_, args, api) => nodesOf([textArg(args, "id") ?? ""], api)[0],
    nodes: (_, args, api) => {
      const ids = textsArg(args, "ids");
      if (ids.length > MAX_PAGE) throw new GraphQLError(`The input array size of ${ids.length} is greater than the maximum allowed of ${MAX_PAGE}.`, { extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" } });
      return nodesOf(ids, api);
    },
  });

  addFields<{ row: SegmentRow }>(table, "Segment", {
    id: ({ row }) => gid("Segment", row.id),
    name: ({ row }) => row.name,
    query: ({ row }) => row.query,
    creationDate: ({ row }) => isoSecond(row.created_at),
    lastEditDate: ({ row }) => isoSecond(row.updated_at),
  });
}
