/** What the profile page shows of a stored profile. */
import type { ClusterNameView } from "./customer-views.ts";
import type { ProfileFieldName, ProfileValue } from "./profile-fields.ts";

export interface ProfileVersionView {
  readonly id: string;
  /** Data was read up to here. */
  readonly asOfMs: number;
}

export interface StoredProfileView {
  readonly version: ProfileVersionView & { readonly createdAtMs: number; readonly refreshedAtMs: number | null; readonly isLatest: boolean };
  /** As many values as the field is wide; a field that the version did not have yet is absent. */
  readonly values: Partial<Readonly<Record<ProfileFieldName, readonly ProfileValue[]>>>;
  /** Newest first. */
  readonly versions: readonly ProfileVersionView[];
  readonly cluster: ClusterNameView | null;
}

export const lineageWindows = ["all", "halved", "allButTests", "now", "model"] as const;
export const lineageSources = ["Customer", "Order", "OrderLine", "Product", "Variant", "model"] as const;
export interface FieldLineage {
  readonly sources: readonly (typeof lineageSources)[number][];
  readonly window: (typeof lineageWindows)[number];
}
