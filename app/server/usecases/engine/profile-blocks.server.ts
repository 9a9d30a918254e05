import type { ProfileField, ProfileFieldName } from "#app/core/profile-fields.ts";
import { profileFieldNames, profileFields } from "#app/core/profile-fields.ts";
import type { BlockColumn, ProfileBlock, StoredColumn } from "#app/server/store/profile-block.server.ts";
import { absentOf, createColumn, packValues } from "#app/server/store/profile-block.server.ts";
import type { SourceColumn, SourceColumns } from "./profile-columns.server.ts";

/** Small enough that a customer's row is read in a millisecond, large enough to compress well. */
export const CUSTOMERS_A_BLOCK = 256;

/** Cuts columns of many customers into blocks; ids ascend. Fields without a column are left out. */
export function* packProfiles(ids: Float64Array, columns: SourceColumns): Generator<ProfileBlock> {
  const given = profileFieldNames.flatMap((name) => {
    const column = columns[name];
    const field: ProfileField = profileFields[name];
    return column ? [{ name, field, column }] : [];
  });
  for (let from = 0; from < ids.length; from += CUSTOMERS_A_BLOCK) {
    const to = Math.min(ids.length, from + CUSTOMERS_A_BLOCK);
    yield { ids: ids.slice(from, to), columns: given.map(({ name, field, column }) => packColumn(name, field, column, from, to)) };
  }
}

function packColumn(name: ProfileFieldName, { store, width = 1 }: ProfileField, { values, texts }: SourceColumn, from: number, to: number): BlockColumn {
  const stored = createColumn(store, (to - from) * width);
  if (!texts) {
    packValues(store, values, from * width, to * width, stored);
    return { name, store, width, texts: null, values: stored };
  }
  return { name, store, width, ...packTexts(values, texts, from * width, stored, absentOf(store)) };
}

/** A block's dictionary holds the texts of its own customers alone. */
function packTexts(values: ArrayLike<number>, texts: readonly string[], from: number, out: StoredColumn, absent: number): { texts: string[]; values: StoredColumn } {
  const own: string[] = [];
  const placeOf = new Map<number, number>();
  for (let i = 0; i < out.length; i++) {
    const code = values[from + i];
    if (!(code >= 0)) {
      out[i] = absent;
      continue;
    }
    let place = placeOf.get(code);
    if (place === undefined) placeOf.set(code, (place = own.push(texts[code]) - 1));
    out[i] = place;
  }
  return { texts: own, values: out };
}
