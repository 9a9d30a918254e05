/**
 * Rows of one type that were read together. The first of them that is asked for a relation loads it for all, so a page
 * of orders costs one statement for its lines, whether graphql-js or a bulk operation walks it.
 */
export class Group<Row extends { readonly id: number }> {
  readonly items: readonly Item<Row>[];
  readonly #related = new Map<string, unknown>();

  constructor(readonly type: string, rows: readonly Row[]) {
    this.items = rows.map((row) => ({ __typename: type, row, group: this }));
  }

  once<T>(key: string, load: (rows: readonly Row[]) => T): T {
    if (!this.#related.has(key)) this.#related.set(key, load(this.items.map((item) => item.row)));
    return this.#related.get(key) as T;
  }
}

export interface Item<Row extends { readonly id: number }> {
  readonly __typename: string;
  readonly row: Row;
  readonly group: Group<Row>;
}

/** Rows met before in the same snapshot; a bulk operation meets the same products in every chunk. */
export class RowCache {
  readonly #kept = new Map<string, Map<number, unknown>>();

  /** Items of these ids, read only where they are not kept; the keeping is bounded, so memory stays flat. */
  resolve<Target extends { readonly id: number }>(key: string, ids: ReadonlySet<number>, load: (ids: number[]) => Group<Target>): Map<number, Item<Target>> {
    let kept = this.#kept.get(key) as Map<number, Item<Target> | null> | undefined;
    if (!kept || kept.size > MAX_KEPT) this.#kept.set(key, (kept = new Map()));
    const unknown = [...ids].filter((id) => !kept.has(id));
    if (unknown.length) {
      for (const id of unknown) kept.set(id, null);
      for (const item of load(unknown).items) kept.set(item.row.id, item);
    }
    const found = new Map<number, Item<Target>>();
    for (const id of ids) {
      const item = kept.get(id);
      if (item) found.set(id, item);
    }
    return found;
  }
}

const MAX_KEPT = 20_000;

/** The row that a foreign key points at. */
export function one<Row extends { readonly id: number }, Target extends { readonly id: number }>(
  item: Item<Row>, key: string, foreignKey: (row: Row) => number | null, load: (ids: number[]) => Group<Target>, cache: RowCache | null = null,
): Item<Target> | null {
  const id = foreignKey(item.row);
  if (id === null) return null;
  const byId = item.group.once(key, (rows) => {
    const ids = new Set<number>();
    for (const row of rows) {
      const target = foreignKey(row);
      if (target !== null) ids.add(target);
    }
    if (cache) return cache.resolve(key, ids, load);
    return new Map(load([...ids]).items.map((target) => [target.row.id, target]));
  });
  return byId.get(id) ?? null;
}

/** The rows that point back at this one, in the order `load` gave them. */
export function many<Row extends { readonly id: number }, Target extends { readonly id: number }>(
  item: Item<Row>, key: string, type: string, load: (ids: number[]) => readonly Target[], parentOf: (row: Target) => number,
): readonly Item<Target>[] {
  const byParent = item.group.once(key, (rows) => {
    const children = new Map<number, Item<Target>[]>();
    for (const child of new Group(type, load(rows.map((row) => row.id))).items) {
      const parent = parentOf(child.row);
      const siblings = children.get(parent);
      if (siblings) siblings.push(child);
      else children.set(parent, [child]);
    }
    return children;
  });
  return byParent.get(item.row.id) ?? [];
}
