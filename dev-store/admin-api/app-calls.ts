import type { DevStoreContext } from "#dev-store/context.ts";

export interface AppCall { readonly operation: string; readonly kind: string; readonly cost: number; readonly summary: string; readonly status: string }
export interface AppCallLog { record(call: AppCall): void }

const KEPT = 5_000;
const SWEEP_EVERY = 500;

/** What the app did to the store, for the control page. */
export function createAppCallLog(store: Pick<DevStoreContext, "db" | "clock">): AppCallLog {
  const insert = store.db.prepare("INSERT INTO app_calls (at, operation, kind, cost, summary, status) VALUES (?, ?, ?, ?, ?, ?)");
  const sweep = store.db.prepare("DELETE FROM app_calls WHERE id <= (SELECT max(id) FROM app_calls) - ?");
  let sinceSweep = 0;
  return {
    record({ operation, kind, cost, summary, status }) {
      insert.run(store.clock.nowMs(), operation, kind, cost, summary, status.slice(0, 300));
      sinceSweep += 1;
      if (sinceSweep < SWEEP_EVERY) return;
      sinceSweep = 0;
      sweep.run(KEPT);
    },
  };
}
