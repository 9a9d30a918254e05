import { expect, it } from "vitest";
import { z } from "zod";
import { runInThread } from "#app/server/platform/run-in-thread.server.ts";
import { openServiceThread } from "#app/server/platform/service-thread.server.ts";

const module = new URL("../harness/thread-work/sum-squares.ts", import.meta.url);
const answer = z.object({ squares: z.instanceof(Float64Array), total: z.number() });
const parse = (value: unknown) => answer.parse(value);

it("runs a function of a TypeScript module on another core, moving its arrays", async () => {
  const values = Float64Array.of(1, 2, 3);
  const { squares, total } = await runInThread({ module, name: "sumSquares", argument: { values, factor: 2 }, transfer: [values.buffer] }, parse);
  expect([...squares]).toEqual([2, 8, 18]);
  expect(total).toBe(28);
  expect(values.length, "the buffer has moved").toBe(0);
});

it("copies what is not named for transfer", async () => {
  const values = Float64Array.of(4);
  await runInThread({ module, name: "sumSquares", argument: { values, factor: 1 } }, parse);
  expect([...values]).toEqual([4]);
});

it("brings a throw, a missing function, an unexpected answer and an exit back as errors", async () => {
  await expect(runInThread({ module, name: "fail", argument: "out of range" }, parse)).rejects.toThrow("fail failed in its thread: out of range");
  await expect(runInThread({ module, name: "nothing", argument: null }, parse)).rejects.toThrow(/exports no function nothing/);
  await expect(runInThread({ module, name: "sumSquares", argument: { values: Float64Array.of(1), factor: 1 } }, (value) => z.string().parse(value))).rejects.toThrow();
  await expect(runInThread({ module, name: "leave", argument: 3 }, parse)).rejects.toThrow("thread of leave ended with code 3");
});

it("stops a thread that never ends when the caller's work is aborted", async () => {
  const abort = new AbortController();
  const work = runInThread({ module, name: "spin", argument: null, signal: abort.signal }, parse);
  setTimeout(() => abort.abort(new Error("worker is stopping")), 300);
  await expect(work).rejects.toThrow("worker is stopping");
  await expect(runInThread({ module, name: "spin", argument: null, signal: abort.signal }, parse)).rejects.toThrow("worker is stopping");
});

it("a thread that stays keeps what it holds, outlives a throw, and is started again after it died", async () => {
  const thread = openServiceThread("tests/harness/thread-work/count-calls.ts", "countCalls");
  expect(await Promise.all([thread.ask("call"), thread.ask("call")])).toEqual([1, 2]);
  await expect(thread.ask("fail")).rejects.toThrow("countCalls failed in its thread: asked to fail");
  expect(await thread.ask("call")).toBe(3);
  await expect(thread.ask("leave")).rejects.toThrow("thread of countCalls ended with code 4");
  expect(await thread.ask("call")).toBe(1);
  await thread.close();
});
