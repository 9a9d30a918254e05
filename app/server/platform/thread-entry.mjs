// The start of a worker thread: plain JavaScript, because tsx must be registered before TypeScript can be imported.
import { parentPort, workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();

/** Buffers of the typed arrays in a value, each once, so that they move instead of being copied. */
function listBuffers(value, found = new Set()) {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) listBuffers(part, found);
  }
  return found;
}

parentPort.once("message", async (argument) => {
  try {
    const module = await import(workerData.module);
    const run = module[workerData.name];
    if (typeof run !== "function") throw new Error(`${workerData.module} exports no function ${workerData.name}`);
    const value = await run(argument);
    parentPort.postMessage({ ok: true, value }, [...listBuffers(value)]);
  } catch (error) {
    parentPort.postMessage({ ok: false, message: String(error?.message ?? error), stack: String(error?.stack ?? "") });
  }
});
