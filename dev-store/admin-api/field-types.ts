import type { Database } from "better-sqlite3";
import { GraphQLError } from "graphql";
import type { BulkDesk } from "#dev-store/bulk/bulk-desk.ts";
import type { DevStoreContext } from "#dev-store/context.ts";
import type { RowCache } from "./items.ts";

/** What a field may reach while one request or one bulk operation runs. */
export interface Api {
  readonly store: DevStoreContext;
  /** The store's connection, or the snapshot a bulk operation reads from. */
  readonly db: Database;
  readonly bulk: BulkDesk;
  readonly scopes: ReadonlySet<string>;
  /** Inside a bulk operation, whose snapshot never changes. */
  readonly rows?: RowCache;
}

export type Args = Readonly<Record<string, unknown>>;
export type Fields<Source> = Readonly<Record<string, (source: Source, args: Args, api: Api) => unknown>>;
export type AnyField = (source: never, args: Args, api: Api) => unknown;

/** Type name, then field name; what is not in here and not on the source object is not simulated. */
export type FieldTable = Map<string, Map<string, AnyField>>;

export function addFields<Source>(table: FieldTable, type: string, fields: Fields<Source>): void {
  const known = table.get(type) ?? new Map<string, AnyField>();
  for (const [name, field] of Object.entries(fields)) known.set(name, field);
  table.set(type, known);
}

/** Reads a field of any source: from the table, else from the source itself, else says that it is not simulated. */
export function readField(table: FieldTable, type: string, name: string): (source: unknown, args: Args, api: Api) => unknown {
  const field = table.get(type)?.get(name);
  // The table's owner guarantees that sources of a type fit its fields; the types cannot say it across the map.
  if (field) return field as (source: unknown, args: Args, api: Api) => unknown;
  return (source) => {
    if (typeof source === "object" && source !== null && name in source) return (source as Record<string, unknown>)[name];
    throw new GraphQLError(`not simulated: ${type}.${name}`, { extensions: { code: "NOT_SIMULATED" } });
  };
}

export const textArg = (args: Args, name: string): string | null => {
  const value = args[name];
  return typeof value === "string" ? value : null;
};
export const intArg = (args: Args, name: string): number | null => {
  const value = args[name];
  return typeof value === "number" ? value : null;
};
export const flagArg = (args: Args, name: string): boolean => args[name] === true;
export const listArg = (args: Args, name: string): readonly unknown[] => {
  const value = args[name];
  return Array.isArray(value) ? value : [];
};
export const textsArg = (args: Args, name: string): string[] => listArg(args, name).filter((value) => typeof value === "string");
export const inputArg = (args: Args, name: string): Args => {
  const value = args[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Args) : {};
};

export interface UserError {
  readonly field: readonly string[] | null;
  readonly message: string;
  readonly code: string | null;
  readonly extraInfo: string | null;
  readonly elementIndex: number | null;
}

export function userError(field: readonly string[] | null, message: string, code: string | null = null, elementIndex: number | null = null): UserError {
  return { field, message, code, extraInfo: null, elementIndex };
}
