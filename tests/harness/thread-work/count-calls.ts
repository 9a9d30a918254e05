let calls = 0;

/** Keeps a count between calls, fails on "fail" and ends its thread on "leave". */
export function countCalls(what: string): number {
  if (what === "fail") throw new Error("asked to fail");
  if (what === "leave") process.exit(4);
  return ++calls;
}
