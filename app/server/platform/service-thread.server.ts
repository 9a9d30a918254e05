import { Worker } from "node:worker_threads";
import { sourceUrl } from "./source-url.server.ts";

type Answer = { readonly id: number } & ({ readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string; readonly stack: string });

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export interface ServiceThread {
  /** Copies the argument into the thread and its answer back. Rejects when the function throws there or the thread ends. */
  ask(argument: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * A thread that stays and keeps what its module holds, such as a shop's columns. `path` is a TypeScript module from the project's root,
 * `name` an exported function of one argument. The thread starts with the first question, and again with the next one after it died;
 * it never keeps the process from ending.
 */
export function openServiceThread(path: string, name: string): ServiceThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(sourceUrl("app/server/platform/service-thread-entry.mjs"), { workerData: { module: sourceUrl(path).href, name } });
    started.unref();
    const end = (error: Error) => {
      if (worker === started) worker = null;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    started.on("error", end);
    started.on("exit", (code) => end(new Error(`thread of ${name} ended with code ${code}`)));
    started.on("message", (answer: Answer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.ok) asked?.resolve(answer.value);
      else asked?.reject(new Error(`${name} failed in its thread: ${answer.message}`, { cause: answer.stack }));
    });
    return started;
  }

  return {
    ask(argument) {
      worker ??= start();
      const id = ++lastId;
      const port = worker;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        port.postMessage({ id, argument });
      });
    },
    async close() {
      await worker?.terminate();
    },
  };
}
