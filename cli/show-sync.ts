import cliProgress from "cli-progress";
import type { SyncProgressView, SyncResourceView } from "#app/core/sync-views.ts";

export interface SyncDisplay {
  show(progress: SyncProgressView): void;
  stop(): void;
}

const words = { waiting: "waiting", preparing: "Shopify prepares the file", reading: "reading", done: "done", failed: "failed" } as const;
const PLAIN_EVERY_MS = 3_000;

/** Three bars on a terminal; without one, plain lines when a state changes and every three seconds. */
export function createSyncDisplay(stream: NodeJS.WriteStream): SyncDisplay {
  return stream.isTTY ? createBars(stream) : createLines(stream);
}

function createBars(stream: NodeJS.WriteStream): SyncDisplay {
  const bars = new cliProgress.MultiBar({ stream, format: "{name} [{bar}] {state} {value}/{total} {rate}", hideCursor: true, clearOnComplete: false }, cliProgress.Presets.rect);
  const known = new Map<string, cliProgress.SingleBar>();
  return {
    show(progress) {
      for (const one of progress.resources) {
        let bar = known.get(one.resource);
        if (!bar) known.set(one.resource, (bar = bars.create(1, 0, { name: one.resource.padEnd(10), state: "", rate: "" })));
        bar.setTotal(one.total ?? Math.max(1, one.done));
        bar.update(one.state === "done" ? (one.total ?? one.done) : one.done, { state: words[one.state], rate: describeRate(one) });
      }
    },
    stop: () => bars.stop(),
  };
}

function createLines(stream: NodeJS.WriteStream): SyncDisplay {
  const said = new Map<string, { state: string; atMs: number }>();
  return {
    show(progress) {
      for (const one of progress.resources) {
        const before = said.get(one.resource);
        const nowMs = Date.now();
        if (before && before.state === one.state && (one.state === "done" || nowMs - before.atMs < PLAIN_EVERY_MS)) continue;
        said.set(one.resource, { state: one.state, atMs: nowMs });
        stream.write(`sync: ${one.resource} ${words[one.state]}${one.done > 0 ? ` ${one.done}${one.total === null ? "" : ` of ${one.total}`}` : ""} ${describeRate(one)}\n`);
      }
    },
    stop: () => undefined,
  };
}

function describeRate(one: SyncResourceView): string {
  if (one.perSecond === null || one.state === "done") return "";
  return `(${Math.round(one.perSecond)}/s${one.secondsLeft === null ? "" : `, about ${Math.ceil(one.secondsLeft)} s left`})`;
}
