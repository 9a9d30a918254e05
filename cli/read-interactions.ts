import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { z } from "zod";
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

/** Reads one file; each user's rows are in time order where the file has times. */
export async function readRows(path: string, format: Format, users: Names, items: Names): Promise<Map<number, UserRows>> {
  if (!existsSync(path)) throw new CliError(`${path}: no such file`);
  const rows = new Map<number, UserRows>();
  const rowOf = (user: string) => {
    const index = users.index(user);
    let row = rows.get(index);
    if (!row) rows.set(index, (row = { baskets: [], times: [] }));
    return row;
  };
  let number = 0;
  const input = path.endsWith(".gz") ? createReadStream(path).pipe(createGunzip()) : createReadStream(path);
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === "") continue;
    const fail = (why: string) => new CliError(`${path}: line ${number}: ${why}`);
    if (format === "pairs") {
      const fields = line.split("\t");
      if (fields.length < 2) throw fail("expected user TAB item [TAB time]");
      const time = fields.length > 2 ? Number(fields[2]) : NaN;
      if (fields.length > 2 && !Number.isFinite(time)) throw fail(`"${fields[2]}" is not a unix time`);
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

/** The columnar form that the engine learns from. */
export function toTrainingData(rows: ReadonlyMap<number, UserRows>, users: number, items: number, format: Format): TrainingData {
  let size = 0;
  let basketCount = 0;
  let hasTimes = rows.size > 0;
  for (const row of rows.values()) {
    for (const basket of row.baskets) size += basket.length;
    basketCount += row.baskets.length;
    if (row.times.some(Number.isNaN)) hasTimes = false;
  }
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
  return { interactions: { users, items, start, item, atMs }, baskets: format === "baskets" ? { first, start: basketStart } : null };
}
