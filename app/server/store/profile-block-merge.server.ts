import type { BlockColumn, ProfileBlock } from "./profile-block.server.ts";
import { absentOf, createColumn } from "./profile-block.server.ts";

/** Rows of `newer` in place of those of `older` with the same id, new ones in their place by id; ids of both ascend. A column that only one of them has is absent in the other's rows. */
export function mergeBlocks(older: ProfileBlock, newer: ProfileBlock): ProfileBlock {
  const sources: { readonly isNewer: boolean; readonly row: number }[] = [];
  let at = 0;
  for (let row = 0; row < newer.ids.length; row++) {
    for (; at < older.ids.length && older.ids[at] < newer.ids[row]; at++) sources.push({ isNewer: false, row: at });
    if (older.ids[at] === newer.ids[row]) at++;
    sources.push({ isNewer: true, row });
  }
  for (; at < older.ids.length; at++) sources.push({ isNewer: false, row: at });
  const olderColumns = new Map(older.columns.map((column) => [column.name, column]));
  return {
    ids: Float64Array.from(sources, ({ isNewer, row }) => (isNewer ? newer : older).ids[row]),
    columns: [...newer.columns, ...olderOnly(older, newer)].map((column) => {
      const before = olderColumns.get(column.name);
      const isAlike = before !== undefined && before.store === column.store && before.width === column.width && (before.texts === null) === (column.texts === null);
      return mergeColumn(column, isAlike ? before : null, sources);
    }),
  };
}

/** Columns that only the older block has, with nothing to say of the newer rows. */
function olderOnly(older: ProfileBlock, newer: ProfileBlock): BlockColumn[] {
  return older.columns
    .filter(({ name }) => !newer.columns.some((column) => column.name === name))
    .map((column) => ({ ...column, values: createColumn(column.store, newer.ids.length * column.width).fill(absentOf(column.store)) }));
}

function mergeColumn(column: BlockColumn, before: BlockColumn | null, sources: readonly { readonly isNewer: boolean; readonly row: number }[]): BlockColumn {
  const { store, width } = column;
  const absent = absentOf(store);
  const texts = column.texts && [...column.texts];
  const placeOf = new Map(texts?.map((text, place) => [text, place]));
  const moved = before?.texts?.map((text) => {
    let place = placeOf.get(text);
    if (place === undefined) placeOf.set(text, (place = (texts?.push(text) ?? 1) - 1));
    return place;
  });
  const values = createColumn(store, sources.length * width);
  sources.forEach(({ isNewer, row }, i) => {
    for (let place = 0; place < width; place++) {
      const from = row * width + place;
      const kept = before ? before.values[from] : absent;
      values[i * width + place] = isNewer ? column.values[from] : moved && kept !== absent ? moved[kept] : kept;
    }
  });
  return { name: column.name, store, width, texts, values };
}
