import { findLatestProfileVersion } from "#app/server/store/profile-versions.server.ts";
import type { ShopPicture } from "../picture/shop-picture.server.ts";
import { ProfileTable } from "./profile-table.server.ts";

export type { ProfileTable } from "./profile-table.server.ts";

const tables = new WeakMap<ShopPicture, { readonly stamp: string; readonly table: ProfileTable }>();

/** The columns of the stored profiles beside a picture, read again when a version was written or refreshed. */
export function tableOf(picture: ShopPicture): ProfileTable {
  const version = findLatestProfileVersion(picture.shop.id);
  const stamp = `${version?.id} ${version?.refreshedAtMs}`;
  const kept = tables.get(picture);
  if (kept?.stamp === stamp) return kept.table;
  const table = new ProfileTable(picture.shop.id, version?.id ?? null, picture.snapshot.customers.id);
  tables.set(picture, { stamp, table });
  return table;
}
