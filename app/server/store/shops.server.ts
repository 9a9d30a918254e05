import { parseShopDomain, type ShopDomain, type ShopId } from "#app/core/ids.ts";
import { getDb } from "../platform/db.server.ts";
import type { Shop as ShopRow } from "../platform/generated/prisma/client.ts";

export interface Shop {
  readonly id: ShopId;
  readonly domain: ShopDomain;
  readonly name: string;
  readonly shopifyId: number | null;
  readonly currency: string;
  readonly timeZone: string;
  readonly planName: string | null;
  readonly scopes: readonly string[];
  readonly installedAtMs: number;
  readonly uninstalledAtMs: number | null;
  readonly purgeAfterMs: number | null;
  readonly firstSyncedAtMs: number | null;
  readonly reconciledAtMs: number | null;
  /** JSON; each owner of a setting parses its own part. */
  readonly settings: string;
}

/** What Shopify says of the shop itself. */
export interface ShopDetails {
  readonly name: string;
  readonly shopifyId: number | null;
  readonly currency: string;
  readonly timeZone: string;
  readonly planName: string | null;
  readonly scopes: readonly string[];
}

export async function findShopByDomain(domain: ShopDomain): Promise<Shop | null> {
  const row = await getDb().shop.findUnique({ where: { domain } });
  return row && toShop(row);
}

export async function findShop(shopId: ShopId): Promise<Shop | null> {
  const row = await getDb().shop.findUnique({ where: { id: shopId } });
  return row && toShop(row);
}

export async function getShop(shopId: ShopId): Promise<Shop> {
  return toShop(await getDb().shop.findUniqueOrThrow({ where: { id: shopId } }));
}

/** Shops that have the app now, for the schedule. */
export async function listInstalledShops(): Promise<Shop[]> {
  const rows = await getDb().shop.findMany({ where: { uninstalledAt: null }, orderBy: { id: "asc" } });
  return rows.map(toShop);
}

export async function listShopsToPurge(nowMs: number): Promise<Shop[]> {
  const rows = await getDb().shop.findMany({ where: { purgeAfter: { lte: new Date(nowMs) } }, orderBy: { id: "asc" } });
  return rows.map(toShop);
}

/** First install, or a return after an uninstall: data that has not been purged yet is kept and the purge is called off. */
export async function installShop(domain: ShopDomain, details: ShopDetails, nowMs: number): Promise<Shop> {
  const data = toColumns(details);
  const row = await getDb().shop.upsert({
    where: { domain },
    create: { domain, installedAt: new Date(nowMs), ...data },
    update: { ...data, installedAt: new Date(nowMs), uninstalledAt: null, purgeAfter: null },
  });
  return toShop(row);
}

export async function updateShopDetails(shopId: ShopId, details: ShopDetails): Promise<Shop> {
  return toShop(await getDb().shop.update({ where: { id: shopId }, data: toColumns(details) }));
}

export async function recordShopScopes(shopId: ShopId, scopes: readonly string[]): Promise<void> {
  await getDb().shop.update({ where: { id: shopId }, data: { scopes: scopes.join(",") } });
}

export async function markShopUninstalled(shopId: ShopId, nowMs: number, purgeAfterMs: number): Promise<void> {
  await getDb().shop.update({ where: { id: shopId }, data: { uninstalledAt: new Date(nowMs), purgeAfter: new Date(purgeAfterMs) } });
}

export async function recordFirstSync(shopId: ShopId, nowMs: number): Promise<void> {
  await getDb().shop.updateMany({ where: { id: shopId, firstSyncedAt: null }, data: { firstSyncedAt: new Date(nowMs) } });
}

export async function recordReconciled(shopId: ShopId, nowMs: number): Promise<void> {
  await getDb().shop.update({ where: { id: shopId }, data: { reconciledAt: new Date(nowMs) } });
}

export async function saveShopSettings(shopId: ShopId, settings: string): Promise<void> {
  await getDb().shop.update({ where: { id: shopId }, data: { settings } });
}

function toColumns({ scopes, shopifyId, ...details }: ShopDetails) {
  return { ...details, scopes: scopes.join(","), shopifyId: shopifyId === null ? null : BigInt(shopifyId) };
}

function toShop(row: ShopRow): Shop {
  const domain = parseShopDomain(row.domain);
  if (!domain) throw new Error(`Shop ${row.id} has a bad domain`);
  return {
    id: toShopId(row.id),
    domain,
    name: row.name,
    shopifyId: row.shopifyId === null ? null : Number(row.shopifyId),
    currency: row.currency,
    timeZone: row.timeZone,
    planName: row.planName,
    scopes: row.scopes.split(",").filter(Boolean),
    installedAtMs: row.installedAt.getTime(),
    uninstalledAtMs: row.uninstalledAt?.getTime() ?? null,
    purgeAfterMs: row.purgeAfter?.getTime() ?? null,
    firstSyncedAtMs: row.firstSyncedAt?.getTime() ?? null,
    reconciledAtMs: row.reconciledAt?.getTime() ?? null,
    settings: row.settings,
  };
}

/** The primary key of our own table is the one place where the brand is given. */
function toShopId(id: number): ShopId {
  return id as ShopId;
}
