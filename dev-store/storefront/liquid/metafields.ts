import type { Database } from "better-sqlite3";
import { readGidOf } from "../../gid.ts";

export interface MetafieldDrop {
  readonly type: string;
  readonly value: unknown;
}
export type MetafieldTree = Record<string, Record<string, MetafieldDrop>>;

/** How references are followed. */
export interface MetafieldTargets {
  products(ids: readonly number[]): object[];
}

interface Row { namespace: string; key: string; type: string; value: string }

/**
 * `owner.metafields` of Liquid: by namespace and key, with `$app` for the app's own namespace. References are resolved
 * only when `.value` is read: a bundle may point to products whose own bundles point back.
 */
export function createMetafieldReader(db: Database, appNamespace: string) {
  const rows = db.prepare<[string, number], Row>("SELECT namespace, key, type, value FROM metafields WHERE owner_type = ? AND owner_id = ?");
  return (ownerType: string, ownerId: number, targets: MetafieldTargets): MetafieldTree => {
    const tree: MetafieldTree = {};
    for (const row of rows.all(ownerType, ownerId)) {
      const drop = { type: row.type, get value() { return resolve(row, targets); } };
      for (const name of spellings(row.namespace, appNamespace)) (tree[name] ??= {})[row.key] = drop;
    }
    return tree;
  };
}

function spellings(namespace: string, appNamespace: string): string[] {
  if (namespace === appNamespace) return [namespace, "$app"];
  return namespace.startsWith(`${appNamespace}--`) ? [namespace, `$app:${namespace.slice(appNamespace.length + 2)}`] : [namespace];
}

function resolve(row: Row, targets: MetafieldTargets): unknown {
  switch (row.type) {
    case "product_reference":
      return targets.products(productIds([row.value]))[0] ?? null;
    case "list.product_reference":
      return targets.products(productIds(JSON.parse(row.value)));
    case "number_integer":
    case "number_decimal":
      return Number(row.value);
    case "boolean":
      return row.value === "true";
    case "json":
      return JSON.parse(row.value);
    default:
      return row.type.startsWith("list.") ? JSON.parse(row.value) : row.value;
  }
}

function productIds(gids: unknown): number[] {
  return Array.isArray(gids) ? gids.flatMap((gid) => (typeof gid === "string" ? (readGidOf("Product", gid) ?? []) : [])) : [];
}
