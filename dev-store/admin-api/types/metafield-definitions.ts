import { loadRows } from "#dev-store/db/load-rows.ts";
import type { MetafieldRow } from "#dev-store/db/rows.ts";
import { gid } from "#dev-store/gid.ts";
import type { Api, FieldTable } from "../field-types.ts";
import { addFields, inputArg, textArg } from "../field-types.ts";
import { Group, one } from "../items.ts";
import type { Item } from "../items.ts";
import { listRows } from "../list-rows.ts";
import { idFilter } from "../search-sql.ts";
import { resolveNamespace } from "./metafields.ts";

interface DefinitionRow {
  readonly id: number; readonly owner_type: string; readonly namespace: string; readonly key: string; readonly name: string; readonly type: string; readonly pinned: number;
}

const noText = () => ({ sql: "1", params: [] });
const OWNERS: Readonly<Record<string, "customers" | "products">> = { CUSTOMER: "customers", PRODUCT: "products" };

const valuesOf = ({ row }: Item<DefinitionRow>, args: Readonly<Record<string, unknown>>, api: Api) =>
  listRows<MetafieldRow>(
    api, { type: "Metafield", from: "metafields m", alias: "m", name: "metafields", search: { fields: { id: idFilter("m.id") }, text: noText }, sorts: { ID: "m.id" }, defaultSort: "ID" }, args,
    { sql: "m.owner_type = ? AND m.namespace = ? AND m.key = ?", params: [row.owner_type, row.namespace, row.key] },
  );

/** Fields that the merchant defined in the admin, with all their values. */
export function addMetafieldDefinitions(table: FieldTable): void {
  addFields<Item<DefinitionRow>>(table, "MetafieldDefinition", {
    id: ({ row }) => gid("MetafieldDefinition", 1_000 + row.id),
    namespace: ({ row }) => row.namespace,
    key: ({ row }) => row.key,
    name: ({ row }) => row.name,
    ownerType: ({ row }) => row.owner_type,
    pinnedPosition: ({ row }) => (row.pinned ? row.id : null),
    type: ({ row }) => ({ __typename: "MetafieldDefinitionType", name: row.type, category: row.type.split("_")[0] }),
    metafields: valuesOf,
  });
  addFields<Item<MetafieldRow>>(table, "Metafield", {
    owner: (field, _, api) => {
      const owner = OWNERS[field.row.owner_type];
      if (!owner) throw new Error(`not simulated: Metafield.owner of ${field.row.owner_type}`);
      return one(field, "owner", (row) => row.owner_id, (ids) => new Group<{ readonly id: number }>(owner === "customers" ? "Customer" : "Product", loadRows(api.db, owner, ids)));
    },
  });
  addFields<unknown>(table, "QueryRoot", {
    metafieldDefinitions: (_, args, api) =>
      listRows<DefinitionRow>(
        api, { type: "MetafieldDefinition", from: "metafield_definitions d", alias: "d", name: "metafieldDefinitions", search: { fields: { id: idFilter("d.id") }, text: noText }, sorts: { ID: "d.id" }, defaultSort: "ID" }, { ...args, sortKey: "ID" },
        { sql: "d.owner_type = ?", params: [textArg(args, "ownerType") ?? ""] },
      ),
    metafieldDefinition: (_, args, api) => {
      const identifier = inputArg(args, "identifier");
      const row = api.db.prepare<[string, string, string], DefinitionRow>("SELECT * FROM metafield_definitions WHERE owner_type = ? AND namespace = ? AND key = ?")
        .get(textArg(identifier, "ownerType") ?? "", resolveNamespace(textArg(identifier, "namespace"), api), textArg(identifier, "key") ?? "");
      return row ? new Group<DefinitionRow>("MetafieldDefinition", [row]).items[0] : null;
    },
  });
}
