import { GraphQLError } from "graphql";
import type { Args } from "./field-types.ts";
import { intArg, textArg } from "./field-types.ts";

export const MAX_PAGE = 250;

export interface PageWindow {
  readonly size: number;
  readonly fromEnd: boolean;
  readonly after: string | null;
  readonly before: string | null;
}

/** Argument that only a bulk operation sets (GraphQL reserves the prefix): its pages have no upper size. */
export const UNBOUNDED = "__unbounded";

/** first/last/after/before with Shopify's refusals. */
export function readWindow(args: Args, max = MAX_PAGE): PageWindow {
  const first = intArg(args, "first");
  const last = intArg(args, "last");
  if (first === null && last === null) throw new GraphQLError("you must provide one of first or last", { extensions: { code: "BAD_REQUEST" } });
  if (first !== null && last !== null) throw new GraphQLError("providing both first and last is not supported", { extensions: { code: "BAD_REQUEST" } });
  const size = first ?? last ?? 0;
  const name = first === null ? "last" : "first";
  if (size < 1) throw new GraphQLError(`${name} must be greater than 0`, { extensions: { code: "BAD_REQUEST" } });
  if (size > max && args[UNBOUNDED] !== true) throw new GraphQLError(`${name} cannot exceed ${max}`, { extensions: { code: "MAX_PAGE_SIZE" } });
  return { size, fromEnd: first === null, after: textArg(args, "after"), before: textArg(args, "before") };
}

export interface Cursor { readonly id: number; readonly value: string | number }

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify({ last_id: cursor.id, last_value: cursor.value })).toString("base64");
}

export function decodeCursor(text: string): Cursor {
  try {
    const found: unknown = JSON.parse(Buffer.from(text, "base64").toString("utf8"));
    if (typeof found === "object" && found !== null && "last_id" in found && "last_value" in found) {
      const { last_id: id, last_value: value } = found;
      if (typeof id === "number" && (typeof value === "number" || typeof value === "string")) return { id, value };
    }
  } catch {
    // not JSON: the same refusal as for JSON of another shape
  }
  throw new GraphQLError("Invalid cursor for current pagination sort.", { extensions: { code: "BAD_REQUEST" } });
}

export class Page<Node> {
  constructor(
    readonly nodes: readonly Node[],
    readonly hasNextPage: boolean,
    readonly hasPreviousPage: boolean,
    readonly cursorOf: (index: number) => string,
    readonly totals: { readonly totalCount?: number; readonly statistics?: unknown } = {},
  ) {}

  get edges(): { node: Node; cursor: string }[] {
    return this.nodes.map((node, index) => ({ node, cursor: this.cursorOf(index) }));
  }

  get pageInfo(): { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null } {
    const end = this.nodes.length - 1;
    return {
      hasNextPage: this.hasNextPage,
      hasPreviousPage: this.hasPreviousPage,
      startCursor: end < 0 ? null : this.cursorOf(0),
      endCursor: end < 0 ? null : this.cursorOf(end),
    };
  }

  get totalCount(): number | undefined {
    return this.totals.totalCount;
  }

  get statistics(): unknown {
    return this.totals.statistics;
  }
}

/** A page of what is already in memory (lines of an order, variants of a product). */
export function pageOf<Node>(all: readonly Node[], args: Args, idOf: (node: Node) => number): Page<Node> {
  const ordered = args["reverse"] === true ? [...all].reverse() : all;
  const window = readWindow(args);
  const cursorOf = (node: Node) => encodeCursor({ id: idOf(node), value: idOf(node) });
  let from = 0;
  let to = ordered.length;
  if (window.after !== null) {
    const { id } = decodeCursor(window.after);
    from = ordered.findIndex((node) => idOf(node) === id) + 1;
  }
  if (window.before !== null) {
    const { id } = decodeCursor(window.before);
    const found = ordered.findIndex((node) => idOf(node) === id);
    if (found >= 0) to = found;
  }
  if (window.fromEnd) from = Math.max(from, to - window.size);
  else to = Math.min(to, from + window.size);
  const nodes = from === 0 && to === ordered.length ? ordered : ordered.slice(from, to);
  return new Page(nodes, to < ordered.length, from > 0, (index) => cursorOf(nodes[index]));
}
