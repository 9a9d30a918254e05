import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";

const run = promisify(execFile);
const ENTRY = new URL("./child-entry.ts", import.meta.url).pathname;
const MAX_OUTPUT = 64 * 1024 * 1024;

export interface ChildRun<T> {
  readonly value: T;
  /** Of the whole process, from its start. */
  readonly peakRssMb: number;
}

/** Runs `measure(input)` of one of the parts in a process of its own, so that runs neither warm nor burden each other. */
export async function runChild<T>(part: string, input: unknown, answer: z.ZodType<T>, env: Readonly<Record<string, string>> = {}): Promise<ChildRun<T>> {
  const { stdout } = await run(process.execPath, ["--import", "tsx", ENTRY, part, JSON.stringify(input)], { maxBuffer: MAX_OUTPUT, env: { ...process.env, ...env } });
  const last = stdout.trim().split("\n").at(-1) ?? "";
  return z.object({ value: answer, peakRssMb: z.number() }).parse(JSON.parse(last));
}

export const timed = z.object({ seconds: z.number() });
