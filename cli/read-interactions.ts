import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { isOrdered } from "#app/engine/features/row-order.ts";
import type { TrainingData } from "#app/engine/recommend/evaluate/ranker.ts";
import { CliError } from "./command.ts";

export const FORMATS = ["pairs", "lines", "baskets"] as const;
export type Format = (typeof FORMATS)[number];

/** Names of users and items to indexes, shared by the training and the test file. */
export class Names {
  readonly indexOf = new Map<string, number>();
  index(name: string): number {
    let index = this.indexOf.get(name);
    if (index === undefined) this.indexOf.set(name, (index = this.indexOf.size));
    return index;
  }
}

/** One user's purchases in the order in which they will be used; baskets in pairs format are single items. */
interface UserRows {
  readonly baskets: number[][];
  readonly times: number[];
}

const basketLine = z.object({ user: z.union([z.string(), z.number()]), baskets: z.array(z.object({ at: z.string().optional(), items: z.array(z.union([z.string(), z.number()])) })) });

/** Names of columns, as files often begin. */
const HEADS = /^"?(user|customer|session|item|product|article)[ _-]?(id)?"?$/i;
const BYTE_ORDER_MARK = "\uFEFF";

/** Lines of a file, plain or gzip (by its first bytes, whatever its name). */
async function* readLines(path: string): AsyncGenerator<string> {
  let isFirst = true;
  try {
    const file: Readable = createReadStream(path);
    // pipeline hands the errors of both on to the reader.
    const input = isGzip(path) ? pipeline(file, createGunzip(), () => undefined) : file;
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      yield isFirst && line.startsWith(BYTE_ORDER_MARK) ? line.slice(1) : line;
      isFirst = false;
    }
    // An iterator of lines ends quietly when its input breaks off.
    if (input.errored) throw input.errored;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const why = error.code === "ENOENT" ? "no such file" : String(error.code).startsWith("Z_") ? `not a whole gzip file (${error.message})` : error.message;
    throw new CliError(`${path}: ${why}`);
  }
}

function isGzip(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const head = Buffer.alloc(2);
    return readSync(file, head, 0, 2, 0) === 2 && head[0] === 0x1f && head[1] === 0x8b;
  } finally {
    closeSync(file);
  }
}

/** Reads one file; each user's rows are in time order where the file has times. */
export async function readRows(path: string, format: Format, users: Names, items: Names): Promise<Map<number, UserRows>> {
  const rows = new Map<number, UserRows>();
  const rowOf = (user: string) => {
    const index = users.index(user);
    let row = rows.get(index);
    if (!row) rows.set(index, (row = { baskets: [], times: [] }));
    return row;
  };
  let number = 0;
  for await (const line of readLines(path)) {
    number += 1;
    if (line.trim() === "") continue;
    const fail = (why: string) => new CliError(`${path}: line ${number}: ${why}`);
    if (format === "pairs") {
      const fields = line.split("\t").map((field) => field.trim());
      if (fields.length < 2 || fields.length > 3 || fields[0] === "" || fields[1] === "") throw fail("expected user TAB item [TAB unix time]");
      if (number === 1 && HEADS.test(fields[0]) && HEADS.test(fields[1])) continue;
      const time = fields.length > 2 ? Number(fields[2]) : NaN;
      if (fields.length > 2 && (fields[2] === "" || !Number.isFinite(time))) throw fail(`"${fields[2]}" is not a unix time`);
      const row = rowOf(fields[0]);
      row.baskets.push([items.index(fields[1])]);
      row.times.push(time);
    } else if (format === "lines") {
      const [user, ...names] = line.trim().split(/\s+/);
      const row = rowOf(user);
      for (const name of names) {
        row.baskets.push([items.index(name)]);
        row.times.push(NaN);
      }
    } else {
      let json: unknown;
      try {
        json = JSON.parse(line);
      } catch {
        throw fail("not JSON");
      }
      const parsed = basketLine.safeParse(json);
      if (!parsed.success) throw fail(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
      const row = rowOf(String(parsed.data.user));
      for (const basket of parsed.data.baskets) {
        const at = basket.at === undefined ? NaN : Date.parse(basket.at);
        if (basket.at !== undefined && Number.isNaN(at)) throw fail(`"${basket.at}" is not a date`);
        row.baskets.push(basket.items.map((name) => items.index(String(name))));
        row.times.push(at);
      }
    }
  }
  for (const row of rows.values()) sortByTime(row);
  return rows;
}

/** Stable, and only when every purchase has its time. */
function sortByTime(row: UserRows): void {
  if (row.times.some(Number.isNaN)) return;
  const order = row.times.map((_, k) => k).sort((p, q) => row.times[p] - row.times[q] || p - q);
  const baskets = order.map((k) => row.baskets[k]);
  const times = order.map((k) => row.times[k]);
  row.baskets.splice(0, row.baskets.length, ...baskets);
  row.times.splice(0, row.times.length, ...times);
}

/**
 * Whether rows without times are lists sorted by the items' names, as exports often are: such an order says nothing of what was bought after what, and
 * "the last item" of a row would be the one with the largest name.
 */
function areSortedByName(rows: ReadonlyMap<number, UserRows>, names: readonly string[]): boolean {
  const isRising = (a: string, b: string) => (Number.isNaN(Number(a)) || Number.isNaN(Number(b)) ? a <= b : Number(a) <= Number(b));
  let longer = 0;
  let sorted = 0;
  for (const { baskets, times } of rows.values()) {
    if (baskets.length < 3 || !times.some(Number.isNaN)) continue;
    longer += 1;
    const own = baskets.map((basket) => names[basket[0]] ?? "");
    const isSorted = (compare: (a: string, b: string) => boolean) => own.every((name, n) => n === 0 || compare(own[n - 1], name));
    // Three random items rise as text once in six times, so both ways of comparing may count.
    if (isSorted(isRising) || isSorted((a, b) => a <= b) || isSorted((a, b) => isRising(b, a))) sorted += 1;
  }
  return longer > 0 && sorted > 0.6 * longer;
}

/** The columnar form that the engine learns from. */
export function toTrainingData(rows: ReadonlyMap<number, UserRows>, users: number, itemNames: Names, format: Format): TrainingData {
  const items = itemNames.indexOf.size;
  let size = 0;
  let basketCount = 0;
  let hasTimes = rows.size > 0;
  let [earliest, latest] = [Infinity, -Infinity];
  for (const row of rows.values()) {
    for (const basket of row.baskets) size += basket.length;
    basketCount += row.baskets.length;
    if (row.times.some(Number.isNaN)) hasTimes = false;
    for (const time of row.times) {
      if (time < earliest) earliest = time;
      if (time > latest) latest = time;
    }
  }
  // One and the same time everywhere is none.
  if (!(latest > earliest)) hasTimes = false;
  const start = new Int32Array(users + 1);
  const item = new Int32Array(size);
  const atMs = hasTimes ? new Float64Array(size) : null;
  const first = new Int32Array(users + 1);
  const basketStart = new Int32Array(basketCount + 1);
  let n = 0;
  let b = 0;
  for (let u = 0; u < users; u += 1) {
    const row = rows.get(u);
    row?.baskets.forEach((basket, k) => {
      for (const i of basket) {
        item[n] = i;
        if (atMs) atMs[n] = row.times[k];
        n += 1;
      }
      b += 1;
      basketStart[b] = n;
    });
    start[u + 1] = n;
    first[u + 1] = b;
  }
  const interactions = { users, items, start, item, atMs };
  const isSorted = format !== "baskets" && !hasTimes && areSortedByName(rows, [...itemNames.indexOf.keys()]);
  return { interactions, baskets: format === "baskets" ? { first, start: basketStart } : null, isOrdered: !isSorted && isOrdered(interactions) };
}
