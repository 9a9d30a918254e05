import type { SingleBar } from "cli-progress";
import cliProgress from "cli-progress";

export interface Progress {
  start(label: string, total: number): void;
  /** Counts done so far; cheap enough to be called for every batch. */
  update(done: number): void;
  finish(): void;
}

const PLAIN_EVERY_MS = 5_000;

/** A bar on a terminal; without one, a plain line at most every five seconds. Writes to standard error only. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr, nowMs: () => number = Date.now): Progress {
  return stream.isTTY ? createBar(stream) : createLines(stream, nowMs);
}

export const silentProgress: Progress = { start: () => undefined, update: () => undefined, finish: () => undefined };

function createBar(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | null = null;
  let startedMs = 0;
  return {
    start(label, total) {
      startedMs = Date.now();
      bar = new cliProgress.SingleBar({ stream, format: "{label} [{bar}] {percentage}% {value}/{total} {rate}/s {eta_formatted} left", etaBuffer: 50, hideCursor: null }, cliProgress.Presets.rect);
      bar.start(total, 0, { label, rate: 0 });
    },
    update(done) {
      bar?.update(done, { rate: Math.round((done * 1000) / Math.max(1, Date.now() - startedMs)) });
    },
    finish() {
      if (bar) bar.update(bar.getTotal());
      bar?.stop();
      bar = null;
    },
  };
}

function createLines(stream: { write(text: string): unknown }, nowMs: () => number): Progress {
  let label = "";
  let total = 0;
  let startedMs = 0;
  let saidMs = 0;
  return {
    start(name, count) {
      label = name;
      total = count;
      startedMs = saidMs = nowMs();
    },
    update(done) {
      const now = nowMs();
      if (now - saidMs < PLAIN_EVERY_MS) return;
      saidMs = now;
      const rate = (done * 1000) / Math.max(1, now - startedMs);
      const secondsLeft = rate > 0 ? Math.max(0, Math.round((total - done) / rate)) : 0;
      stream.write(`${label}: ${done} of ${total} (${Math.round(rate)}/s, about ${secondsLeft} s left)\n`);
    },
    finish() {
      stream.write(`${label}: ${total} done in ${((nowMs() - startedMs) / 1000).toFixed(1)} s\n`);
    },
  };
}
