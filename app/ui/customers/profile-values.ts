import type { ProfileFieldName } from "#app/core/profile-fields.ts";
import type { StoredProfileView } from "#app/core/profile-views.ts";

/** The first number of a field; null where there is nothing to say. */
export function numberOf({ values }: StoredProfileView, name: ProfileFieldName, place = 0): number | null {
  const value = values[name]?.[place];
  return typeof value === "number" ? value : null;
}

export function textOf({ values }: StoredProfileView, name: ProfileFieldName, place = 0): string | null {
  const value = values[name]?.[place];
  return typeof value === "string" ? value : null;
}

/** Counts of several kinds, 0 where there is none. */
export function partsOf({ values }: StoredProfileView, name: ProfileFieldName): number[] {
  return (values[name] ?? []).map((value) => (typeof value === "number" ? value : 0));
}
