import type { ProfileFieldName, ProfileValue } from "#app/core/profile-fields.ts";
import { isProfileFieldName } from "#app/core/profile-fields.ts";
import type { StoredProfileView } from "#app/core/profile-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { findProfileRow } from "#app/server/store/profile-rows.server.ts";
import { listProfileVersions } from "#app/server/store/profile-versions.server.ts";
import { loadClusters } from "./load-clusters.server.ts";

/** The profile of one customer as of a version (the latest when none or an unknown one is asked for); null for a customer whom that version has not. */
export async function loadStoredProfile(shop: ShopRef, customerId: number, versionId: string | null): Promise<StoredProfileView | null> {
  const versions = listProfileVersions(shop.id);
  const version = versions.find(({ id }) => id === versionId) ?? versions[0];
  const row = version && findProfileRow(shop.id, version.id, customerId);
  if (!row) return null;
  const values: Partial<Record<ProfileFieldName, readonly ProfileValue[]>> = {};
  for (const [name, of] of row) if (isProfileFieldName(name)) values[name] = of;
  const number = values.cluster?.[0] ?? null;
  const found = number === null ? undefined : (await loadClusters(shop))?.figures.clusters.find((cluster) => String(cluster.number) === number);
  const { id, asOfMs, createdAtMs, refreshedAtMs } = version;
  return {
    version: { id, asOfMs, createdAtMs, refreshedAtMs, isLatest: version === versions[0] },
    values,
    versions: versions.map((one) => ({ id: one.id, asOfMs: one.asOfMs })),
    cluster: found ? { number: found.number, named: found.named } : null,
  };
}
