import type { MetafieldRow } from "#dev-store/db/rows.ts";
import { gid, readGid } from "#dev-store/gid.ts";
import { isoSecond } from "#dev-store/time.ts";
import { GraphQLError } from "graphql";
import type { Api, Args, FieldTable, UserError } from "../field-types.ts";
import { addFields, listArg, textArg, textsArg, userError } from "../field-types.ts";
import { Group } from "../items.ts";
import type { Item } from "../items.ts";
import { pageOf } from "../paging.ts";
import { digest } from "../values.ts";
import { checkMetafieldValue } from "./metafield-values.ts";

const MAX_SET = 25;
const OWNERS: Readonly<Record<string, string>> = { Product: "PRODUCT", ProductVariant: "PRODUCTVARIANT", Customer: "CUSTOMER", Collection: "COLLECTION", Order: "ORDER", Shop: "SHOP" };
const OWNER_TABLES: Readonly<Record<string, string>> = { Product: "products", ProductVariant: "variants", Customer: "customers", Collection: "collections", Order: "orders" };

/** `$app` and a missing namespace are the app's own; a fixed one is taken as it is. */
export function resolveNamespace(namespace: string | null, api: Api): string {
  const own = api.store.config.appNamespace;
  if (namespace === null || namespace === "$app") return own;
  return namespace.startsWith("$app:") ? `${own}--${namespace.slice("$app:".length)}` : namespace;
}

const findMetafield = (api: Api, ownerType: string, ownerId: number, namespace: string, key: string): MetafieldRow | null =>
  api.db.prepare<[string, number, string, string], MetafieldRow>("SELECT * FROM metafields WHERE owner_type = ? AND owner_id = ? AND namespace = ? AND key = ?").get(ownerType, ownerId, namespace, key) ?? null;

const wrap = (row: MetafieldRow): Item<MetafieldRow> => new Group("Metafield", [row]).items[0];

const isList = (type: string) => type.startsWith("list.") || type === "json";

interface Wanted { readonly ownerType: string; readonly ownerId: number; readonly namespace: string; readonly key: string; readonly type: string; readonly value: string }

export function addMetafieldFields(table: FieldTable): void {
  for (const [type, ownerType] of Object.entries(OWNERS)) {
    const ownerId = (source: { readonly row?: { readonly id: number } }, api: Api) => source.row?.id ?? api.store.shop.id;
    addFields<{ readonly row?: { readonly id: number } }>(table, type, {
      metafield: (source, args, api) => {
        const row = findMetafield(api, ownerType, ownerId(source, api), resolveNamespace(textArg(args, "namespace"), api), textArg(args, "key") ?? "");
        return row ? wrap(row) : null;
      },
      metafields: (source, args, api) => {
        const rows = api.db.prepare<[string, number], MetafieldRow>("SELECT * FROM metafields WHERE owner_type = ? AND owner_id = ? ORDER BY id").all(ownerType, ownerId(source, api));
        const namespace = textArg(args, "namespace");
        const keys = textsArg(args, "keys");
        const kept = rows.filter(
          (row) => (namespace === null || row.namespace === resolveNamespace(namespace, api)) && (!keys.length || keys.includes(`${row.namespace}.${row.key}`) || keys.includes(row.key)),
        );
        return pageOf(new Group("Metafield", kept).items, args, (item) => item.row.id);
      },
    });
  }

  addFields<Item<MetafieldRow>>(table, "Metafield", {
    id: ({ row }) => gid("Metafield", row.id),
    legacyResourceId: ({ row }) => String(row.id),
    namespace: ({ row }) => row.namespace,
    key: ({ row }) => row.key,
    type: ({ row }) => row.type,
    value: ({ row }) => row.value,
    jsonValue: ({ row }) => (isList(row.type) ? JSON.parse(row.value) : row.value),
    compareDigest: ({ row }) => digest(row.value),
    ownerType: ({ row }) => row.owner_type,
    sizeInBytes: ({ row }) => Buffer.byteLength(row.value),
    createdAt: ({ row }) => isoSecond(row.created_at),
    updatedAt: ({ row }) => isoSecond(row.updated_at),
    definition: ({ row }, _, api) => definitionOf(row, api),
  });

  addFields<unknown>(table, "Mutation", {
    metafieldsSet: (_, args, api) => setMetafields(listArg(args, "metafields"), api),
    metafieldsDelete: (_, args, api) => deleteMetafields(listArg(args, "metafields"), api),
  });
}

function definitionOf(row: MetafieldRow, api: Api): object | null {
  const index = api.store.config.app.metafieldDefinitions.findIndex((known) => known.ownerType === row.owner_type && known.namespace === row.namespace && known.key === row.key);
  const found = api.store.config.app.metafieldDefinitions[index];
  return found ? { id: gid("MetafieldDefinition", index + 1), name: found.name, namespace: found.namespace, key: found.key, ownerType: found.ownerType } : null;
}

const asArgs = (value: unknown): Args => (typeof value === "object" && value !== null ? (value as Args) : {});

function setMetafields(inputs: readonly unknown[], api: Api): { metafields: readonly unknown[] | null; userErrors: readonly UserError[] } {
  if (inputs.length > MAX_SET) {
    throw new GraphQLError(`The input array size of ${inputs.length} is greater than the maximum allowed of ${MAX_SET}.`, { path: ["metafieldsSet", "metafields"], extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" } });
  }
  const errors: UserError[] = [];
  const wanted: Wanted[] = [];
  inputs.forEach((raw, index) => {
    const checked = checkSet(asArgs(raw), index, api);
    if ("message" in checked) errors.push(checked);
    else wanted.push(checked);
  });
  // All or nothing.
  if (errors.length) return { metafields: [], userErrors: errors };
  const nowMs = api.store.clock.nowMs();
  const write = api.db.prepare(
    `INSERT INTO metafields (owner_type, owner_id, namespace, key, type, value, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (owner_type, owner_id, namespace, key) DO UPDATE SET type = excluded.type, value = excluded.value, updated_at = excluded.updated_at`,
  );
  const rows = api.db.transaction(() =>
    wanted.flatMap(({ ownerType, ownerId, namespace, key, type, value }) => {
      write.run(ownerType, ownerId, namespace, key, type, value, nowMs, nowMs);
      return findMetafield(api, ownerType, ownerId, namespace, key) ?? [];
    }),
  )();
  return { metafields: new Group("Metafield", rows).items, userErrors: [] };
}

function checkSet(input: Args, index: number, api: Api): Wanted | UserError {
  const fail = (field: string, message: string, code: string) => userError(["metafields", String(index), field], message, code, index);
  const owner = readGid(textArg(input, "ownerId") ?? "");
  const ownerType = owner ? OWNERS[owner.type] : undefined;
  if (!owner || !ownerType) return fail("ownerId", "Owner does not exist.", "INVALID");
  const ownerTable = OWNER_TABLES[owner.type];
  const exists = ownerTable ? api.db.prepare(`SELECT 1 FROM ${ownerTable} WHERE id = ?`).get(owner.id) !== undefined : owner.id === api.store.shop.id;
  if (!exists) return fail("ownerId", "Owner does not exist.", "INVALID");
  const namespace = resolveNamespace(textArg(input, "namespace"), api);
  const key = textArg(input, "key") ?? "";
  if (!/^[\w-]{2,64}$/.test(key)) return fail("key", key.length > 64 ? "Key is too long (maximum is 64 characters)" : "Key is too short (minimum is 2 characters)", key.length > 64 ? "TOO_LONG" : "TOO_SHORT");
  if (/^app--/.test(namespace) && !namespace.startsWith(api.store.config.appNamespace)) return fail("namespace", "Access to this namespace and key on Metafields for this resource type is not allowed.", "APP_NOT_AUTHORIZED");
  const known = api.store.config.app.metafieldDefinitions.find((entry) => entry.ownerType === ownerType && entry.namespace === namespace && entry.key === key);
  const stored = findMetafield(api, ownerType, owner.id, namespace, key);
  const type = textArg(input, "type") ?? known?.type ?? stored?.type ?? null;
  if (type === null) return fail("type", "Type can't be blank", "BLANK");
  if (known && known.type !== type) return fail("type", `Type must be '${known.type}' as in the definition`, "INVALID_TYPE");
  const value = textArg(input, "value") ?? "";
  const problem = checkMetafieldValue(type, value, api.db);
  if (problem) return fail("value", problem.message, problem.code);
  if ("compareDigest" in input) {
    const expected = textArg(input, "compareDigest");
    const actual = stored ? digest(stored.value) : null;
    if (expected !== actual) return fail("compareDigest", "The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.", "STALE_OBJECT");
  }
  return { ownerType, ownerId: owner.id, namespace, key, type, value };
}

function deleteMetafields(inputs: readonly unknown[], api: Api): { deletedMetafields: readonly unknown[] | null; userErrors: readonly UserError[] } {
  const remove = api.db.prepare("DELETE FROM metafields WHERE owner_type = ? AND owner_id = ? AND namespace = ? AND key = ?");
  const errors: UserError[] = [];
  const targets = inputs.map((raw, index) => {
    const input = asArgs(raw);
    const owner = readGid(textArg(input, "ownerId") ?? "");
    const ownerType = owner ? OWNERS[owner.type] : undefined;
    if (!owner || !ownerType) errors.push(userError(["metafields", String(index), "ownerId"], "Owner does not exist."));
    return { ownerId: owner?.id ?? 0, ownerType: ownerType ?? "", namespace: textArg(input, "namespace") ?? "", key: textArg(input, "key") ?? "", ownerGid: textArg(input, "ownerId") };
  });
  if (errors.length) return { deletedMetafields: null, userErrors: errors };
  const deleted = api.db.transaction(() =>
    targets.map(({ ownerId, ownerType, namespace, key, ownerGid }) =>
      remove.run(ownerType, ownerId, resolveNamespace(namespace, api), key).changes ? { ownerId: ownerGid, namespace: resolveNamespace(namespace, api), key } : null,
    ),
  )();
  return { deletedMetafields: deleted, userErrors: [] };
}
