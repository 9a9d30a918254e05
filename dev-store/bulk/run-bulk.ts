import { createWriteStream } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { once } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import Database from "better-sqlite3";
import type { AdminSchema } from "#dev-store/admin-api/admin-schema.ts";
import { RowCache } from "#dev-store/admin-api/items.ts";
import type { DevStoreContext } from "#dev-store/context.ts";
import { takeNumber } from "#dev-store/db/meta.ts";
import type { BulkOperationRow } from "#dev-store/db/rows.ts";
import type { BulkDesk, BulkProblem, BulkStart } from "./bulk-desk.ts";
import { checkBulkQuery } from "./check-bulk-query.ts";
import { checkBulkMutation, runBulkMutation } from "./run-bulk-mutation.ts";
import { createStagedUploads } from "./staged-uploads.ts";
import type { StagedUploads } from "./staged-uploads.ts";
import { BulkAccessDenied, createWalker } from "./walk-bulk-query.ts";

const MAX_CONCURRENT = 5;
const FIRST_ID = 7_000_000_000_001;

export interface RunningBulkDesk extends BulkDesk { readonly uploads: StagedUploads }

interface Lines { write(lines: readonly string[], rootObjects: number): Promise<void> }
type Work = (lines: Lines, isCanceled: () => boolean) => Promise<void>;

export const bulkFile = (dataDir: string, id: number): string => join(dataDir, "bulk", `${id}.jsonl`);

export function createBulkDesk(store: DevStoreContext, admin: AdminSchema): RunningBulkDesk {
  const { db } = store;
  const running = new Map<number, { isCanceled: boolean; done: Promise<void> }>();
  const uploads = createStagedUploads(store);
  // A process that was killed leaves operations behind that nobody works on.
  db.prepare("UPDATE bulk_operations SET status = 'FAILED', error_code = 'INTERNAL_SERVER_ERROR', completed_at = ? WHERE status IN ('CREATED', 'RUNNING', 'CANCELING')").run(store.clock.nowMs());

  const find = (id: number): BulkOperationRow | null => db.prepare<[number], BulkOperationRow>("SELECT * FROM bulk_operations WHERE id = ?").get(id) ?? null;

  const start = (type: "QUERY" | "MUTATION", query: string, work: Work): BulkStart => {
    const busy = db.prepare<[string], { n: number }>("SELECT count(*) AS n FROM bulk_operations WHERE type = ? AND status IN ('CREATED', 'RUNNING', 'CANCELING')").get(type)?.n ?? 0;
    if (busy >= MAX_CONCURRENT) return refused(null, `Only ${MAX_CONCURRENT} bulk ${type.toLowerCase()} operations can run at once for this app and shop.`, "LIMIT_REACHED");
    const id = takeNumber(db, "next_bulk_operation_id", FIRST_ID);
    db.prepare("INSERT INTO bulk_operations (id, type, status, query, created_at) VALUES (?, ?, 'CREATED', ?, ?)").run(id, type, query, store.clock.nowMs());
    const state = { isCanceled: false, done: Promise.resolve() };
    running.set(id, state);
    state.done = runWork(store, id, work, () => state.isCanceled).finally(() => running.delete(id));
    const row = find(id);
    if (!row) throw new Error(`bulk operation ${id} vanished`);
    return { ok: true, row };
  };

  return {
    uploads,
    find,
    findNode: (type, id) => {
      const row = type === "BulkOperation" ? find(id) : null;
      return row && { __typename: "BulkOperation", row };
    },
    runQuery(query, groupObjects, scopes) {
      const checked = checkBulkQuery(admin.schema, query);
      if (!("root" in checked)) return { ok: false, problems: checked.map((message) => ({ field: ["query"], message, code: "INVALID" })) };
      return start("QUERY", query, async (lines, isCanceled) => {
        const walk = createWalker(admin, checked, scopes);
        // Its own connection in one read transaction: what is exported is one state of the store, whatever is written meanwhile.
        const snapshot = new Database(db.name, { readonly: true, fileMustExist: true });
        try {
          snapshot.exec("BEGIN");
          let late: readonly string[] = [];
          for (const chunk of walk({ store, db: snapshot, bulk: this, scopes, rows: new RowCache() }, groupObjects)) {
            // Children follow the next chunk's parents: with groupObjects false nobody may count on finding them beside their own.
            await lines.write(groupObjects ? chunk.grouped : [...chunk.roots, ...late], chunk.roots.length);
            late = chunk.children;
            if (isCanceled()) return;
            await nextTurn();
          }
          await lines.write(late, 0);
        } finally {
          snapshot.close();
        }
      });
    },
    runMutation(mutation, stagedUploadPath, scopes) {
      const problem = checkBulkMutation(admin.schema, mutation);
      if (problem) return refused(["mutation"], problem, "INVALID_MUTATION");
      const file = uploads.find(stagedUploadPath);
      if (!file) return refused(["stagedUploadPath"], "The JSONL file could not be found. Try uploading the file again, and check that you've entered the URL correctly for the stagedUploadPath mutation argument.", "NO_SUCH_FILE");
      return start("MUTATION", mutation, (lines, isCanceled) => runBulkMutation(admin.schema, mutation, file, { store, db, bulk: this, scopes }, (line) => lines.write([line], 1), isCanceled));
    },
    cancel(id) {
      const state = running.get(id);
      if (state) {
        state.isCanceled = true;
        db.prepare("UPDATE bulk_operations SET status = 'CANCELING' WHERE id = ?").run(id);
      }
      return find(id);
    },
    createUpload: () => uploads.create(),
    async close() {
      for (const state of running.values()) state.isCanceled = true;
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}

const refused = (field: BulkProblem["field"], message: string, code: string): BulkStart => ({ ok: false, problems: [{ field, message, code }] });

async function runWork(store: DevStoreContext, id: number, work: Work, isCanceled: () => boolean): Promise<void> {
  const { db } = store;
  const path = bulkFile(store.config.dataDir, id);
  // The answer to the mutation says CREATED; work begins on a later turn.
  await nextTurn();
  let objects = 0;
  let roots = 0;
  let status = "COMPLETED";
  let errorCode: string | null = null;
  await mkdir(join(store.config.dataDir, "bulk"), { recursive: true });
  const file = createWriteStream(path);
  const progress = db.prepare("UPDATE bulk_operations SET object_count = ?, root_object_count = ? WHERE id = ?");
  try {
    db.prepare("UPDATE bulk_operations SET status = 'RUNNING' WHERE id = ? AND status = 'CREATED'").run(id);
    await work(
      {
        async write(lines, rootObjects) {
          objects += lines.length;
          roots += rootObjects;
          if (lines.length && !file.write(`${lines.join("\n")}\n`)) await once(file, "drain");
          progress.run(objects, roots, id);
        },
      },
      isCanceled,
    );
    if (isCanceled()) status = "CANCELED";
  } catch (error) {
    status = "FAILED";
    errorCode = error instanceof BulkAccessDenied ? "ACCESS_DENIED" : "INTERNAL_SERVER_ERROR";
    process.stderr.write(`dev store: bulk operation ${id} failed: ${error instanceof Error ? error.message : String(error)}\n`);
  }
  file.end();
  await once(file, "finish");
  const { size } = await stat(path);
  db.prepare("UPDATE bulk_operations SET status = ?, error_code = ?, completed_at = ?, object_count = ?, root_object_count = ?, file_size = ?, file_path = ? WHERE id = ?").run(
    status, errorCode, store.clock.nowMs(), objects, roots, size || null, size ? path : null, id,
  );
  store.emitWebhook("bulk_operations/finish", id);
}
