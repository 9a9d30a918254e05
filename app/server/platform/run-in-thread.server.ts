import { availableParallelism } from "node:os";
import { Worker, type TransferListItem } from "node:worker_threads";

/** What the thread's entry is told and what it answers; see thread-entry.mjs. */
type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string; readonly stack: string };

export interface ThreadCall<A> {
  /** A TypeScript module of ours, as `import.meta.resolve`-able URL: `new URL("../../engine/x.ts", import.meta.url)`. */
  readonly module: URL;
  /** Name of an exported pure function of one argument. */
  readonly name: string;
  /** Copied into the thread, but for the buffers named in `transfer`, which move there and are empty here afterwards. */
  readonly argument: A;
  readonly transfer?: readonly TransferListItem[];
  readonly signal?: AbortSignal;
}

const ENTRY = new URL("./thread-entry.mjs", import.meta.url);

/** Cores that work may be split over. */
export function countCores(): number {
  return availableParallelism();
}

/**
 * Runs one pure function on another core and returns what it returns; typed arrays in its answer are moved, not
 * copied. `parse` guards the answer at this border. A throw inside, an exit or an abort rejects.
 */
export async function runInThread<A, T>(call: ThreadCall<A>, parse: (answer: unknown) => T): Promise<T> {
  call.signal?.throwIfAborted();
  const worker = new Worker(ENTRY, { workerData: { module: call.module.href, name: call.name } });
  const stop = () => void worker.terminate();
  call.signal?.addEventListener("abort", stop, { once: true });
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", (code) => reject(call.signal?.aborted ? call.signal.reason : new Error(`thread of ${call.name} ended with code ${code}`)));
      worker.postMessage(call.argument, [...(call.transfer ?? [])]);
    });
    if (answer.ok) return parse(answer.value);
    throw new Error(`${call.name} failed in its thread: ${answer.message}`, { cause: answer.stack });
  } finally {
    call.signal?.removeEventListener("abort", stop);
    await worker.terminate();
  }
}
