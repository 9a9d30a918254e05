// The start of a thread that stays: plain JavaScript, because tsx must be registered before TypeScript can be imported.
import { parentPort, workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();

const loading = import(workerData.module).then((module) => {
  const run = module[workerData.name];
  if (typeof run !== "function") throw new Error(`${workerData.module} exports no function ${workerData.name}`);
  return run;
});

parentPort.on("message", async ({ id, argument }) => {
  try {
    const run = await loading;
    parentPort.postMessage({ id, ok: true, value: await run(argument) });
  } catch (error) {
    parentPort.postMessage({ id, ok: false, message: String(error?.message ?? error), stack: String(error?.stack ?? "") });
  }
});
