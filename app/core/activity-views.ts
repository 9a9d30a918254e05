/** What the page of tasks is given. */
import type { DeadLetterView } from "./home-views.ts";
import type { JobKind, JobProgress } from "./jobs.ts";

export interface TaskView {
  readonly id: string;
  readonly kind: JobKind;
  readonly status: "active" | "waiting";
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly progress: JobProgress | null;
  /** What the last attempt failed of; null when there was none. */
  readonly error: string | null;
  /** When a waiting one starts at the earliest. */
  readonly runAfterMs: number;
  readonly updatedAtMs: number;
}

export interface PageOf<Row> {
  readonly rows: readonly Row[];
  readonly page: number;
  readonly pageCount: number;
  readonly total: number;
}

export interface ActivityView {
  readonly tasks: PageOf<TaskView>;
  readonly dead: PageOf<DeadLetterView>;
}
