import { z } from "zod";
import type { PageOf } from "#app/core/activity-views.ts";

/** Whatever stands in the address; what makes no sense is the first page. */
const pageNumber = z.coerce.number().int().min(1).max(10_000).catch(1);

/** The page that is asked for, or the last one there is; `read` is given where it starts. */
export async function readPage<Row>(asked: string | null, size: number, total: number, read: (offset: number, limit: number) => Promise<readonly Row[]>): Promise<PageOf<Row>> {
  const pageCount = Math.max(1, Math.ceil(total / size));
  const page = Math.min(pageNumber.parse(asked ?? 1), pageCount);
  return { rows: total === 0 ? [] : await read((page - 1) * size, size), page, pageCount, total };
}
