import { Prisma } from "./generated/prisma/client.ts";

/** A query that could reach another shop's rows: always a bug, never a user's mistake. */
export class UnscopedQueryError extends Error {
  constructor(model: string, operation: string, reason: string) {
    super(`${model}.${operation} is not scoped by shop: ${reason}`);
    this.name = "UnscopedQueryError";
  }
}

/** Models with a shopId column, read from the generated client so that a new model is guarded without being listed. */
export const shopScopedModels: ReadonlySet<string> = new Set(
  Object.keys(Prisma.ModelName).filter((model) => {
    const fields: unknown = Reflect.get(Prisma, `${model}ScalarFieldEnum`);
    return typeof fields === "object" && fields !== null && "shopId" in fields;
  }),
);

const WITH_WHERE = new Set([
  "findUnique", "findUniqueOrThrow", "findFirst", "findFirstOrThrow", "findMany", "count", "aggregate", "groupBy",
  "update", "updateMany", "updateManyAndReturn", "upsert", "delete", "deleteMany",
]);
const WITH_DATA = new Set(["create", "createMany", "createManyAndReturn"]);

export function assertShopScoped(model: string, operation: string, args: unknown): void {
  if (!shopScopedModels.has(model)) return;
  const given = isRecord(args) ? args : {};
  if (WITH_WHERE.has(operation)) {
    if (!namesShop(given.where)) throw new UnscopedQueryError(model, operation, "where has no shopId");
    if (isRecord(given.data) && "shopId" in given.data) throw new UnscopedQueryError(model, operation, "a row never changes its shop");
    if (operation === "upsert" && !hasShop(given.create)) throw new UnscopedQueryError(model, operation, "create has no shopId");
    return;
  }
  if (!WITH_DATA.has(operation)) throw new UnscopedQueryError(model, operation, "this operation is not known to the guard");
  const rows: readonly unknown[] = Array.isArray(given.data) ? given.data : [given.data];
  if (!rows.every(hasShop)) throw new UnscopedQueryError(model, operation, "data has no shopId");
}

/** One shop, or explicitly the rows that belong to none; `undefined` would mean "all shops" to Prisma. */
function hasShop(value: unknown): boolean {
  return isRecord(value) && (typeof value.shopId === "number" || value.shopId === null);
}

/** At the top level, inside a compound key such as `shopId_id`, or in one branch of AND. Never inside OR or NOT. */
function namesShop(where: unknown): boolean {
  if (!isRecord(where)) return false;
  if (hasShop(where)) return true;
  if (Object.entries(where).some(([name, value]) => name.startsWith("shopId_") && hasShop(value))) return true;
  const and: readonly unknown[] = Array.isArray(where.AND) ? where.AND : [where.AND];
  return and.some(namesShop);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
