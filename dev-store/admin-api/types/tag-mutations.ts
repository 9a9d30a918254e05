import { findRow } from "#dev-store/db/load-rows.ts";
import { readGid } from "#dev-store/gid.ts";
import { GraphQLError } from "graphql";
import type { Api, Args, FieldTable, UserError } from "../field-types.ts";
import { addFields, textArg, textsArg, userError } from "../field-types.ts";
import { Group } from "../items.ts";
import { readTexts } from "../values.ts";

const MAX_TAG_LENGTH = 255;
const MAX_TAGS = 250;
const TAGGED = { Customer: { table: "customers", topic: "customers/update", scope: "write_customers" }, Product: { table: "products", topic: "products/update", scope: "write_products" } } as const;

const isTagged = (type: string): type is keyof typeof TAGGED => type in TAGGED;

/** Adds or removes; tags are compared without case, and a tag input may hold several joined by commas. */
function retag(args: Args, api: Api, apply: (before: readonly string[], tags: readonly string[]) => string[]): { node: unknown; userErrors: readonly UserError[] } {
  const found = readGid(textArg(args, "id") ?? "");
  const refused = (field: string, message: string) => ({ node: null, userErrors: [userError([field], message)] });
  if (!found || !isTagged(found.type)) return refused("id", "Resource does not exist or cannot be tagged");
  const { table, topic, scope } = TAGGED[found.type];
  if (!api.scopes.has(scope)) throw new GraphQLError(`Access denied for tags field. Required access: \`${scope}\` access scope.`, { extensions: { code: "ACCESS_DENIED" } });
  const row = findRow(api.db, table, found.id);
  if (!row) return refused("id", `${found.type} does not exist`);
  const tags = textsArg(args, "tags").flatMap((tag) => tag.split(",")).map((tag) => tag.trim()).filter(Boolean);
  if (tags.some((tag) => tag.length > MAX_TAG_LENGTH)) return refused("tags", `Tags is too long (maximum is ${MAX_TAG_LENGTH} characters)`);
  const before = readTexts(row.tags);
  const after = apply(before, tags);
  if (after.length > MAX_TAGS) return refused("tags", `Tags can't have more than ${MAX_TAGS} entries`);
  if (after.length !== before.length) {
    api.db.prepare(`UPDATE ${table} SET tags = ?, updated_at = ? WHERE id = ?`).run(JSON.stringify(after), api.store.clock.nowMs(), found.id);
    api.store.emitWebhook(topic, found.id);
    if (found.type === "Customer") tellTags(api, found.id, before, after);
  }
  const updated = findRow(api.db, table, found.id);
  return { node: updated ? new Group<{ readonly id: number }>(found.type, [updated]).items[0] : null, userErrors: [] };
}

/** The customer's own webhook has no tags; these have nothing else. */
function tellTags({ store, db }: Api, customerId: number, before: readonly string[], after: readonly string[]): void {
  const insert = db.prepare("INSERT INTO tag_changes (customer_id, tags, added, at) VALUES (?, ?, ?, ?)");
  const tell = (tags: readonly string[], topic: string, added: number) => {
    if (tags.length > 0) store.emitWebhook(topic, Number(insert.run(customerId, JSON.stringify(tags), added, store.clock.nowMs()).lastInsertRowid));
  };
  tell(after.filter((tag) => !before.includes(tag)), "customer.tags_added", 1);
  tell(before.filter((tag) => !after.includes(tag)), "customer.tags_removed", 0);
}

export function addTagMutations(table: FieldTable): void {
  addFields<unknown>(table, "Mutation", {
    tagsAdd: (_, args, api) =>
      retag(args, api, (before, tags) => {
        const known = new Set(before.map((tag) => tag.toLowerCase()));
        const added = tags.filter((tag) => !known.has(tag.toLowerCase()) && known.add(tag.toLowerCase()));
        return [...before, ...added].sort((a, b) => a.localeCompare(b));
      }),
    tagsRemove: (_, args, api) =>
      retag(args, api, (before, tags) => {
        const gone = new Set(tags.map((tag) => tag.toLowerCase()));
        return before.filter((tag) => !gone.has(tag.toLowerCase()));
      }),
  });
}
