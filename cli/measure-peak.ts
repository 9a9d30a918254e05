import { readFileSync, writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Garbage of what ran before must not count for what runs next. */
const collectGarbage: () => void = (() => {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
})();

/**
 * Highest resident memory of this process, MB, from `start` to `read`. Linux can forget the earlier peak (proc(5), clear_refs 5); elsewhere the peak since
 * the process began is answered, which is never too low.
 */
export function startPeak(): () => number {
  collectGarbage();
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    return () => Math.round(process.resourceUsage().maxRSS / 1024);
  }
  return () => {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
    return Math.round(peak ? Number(peak[1]) / 1024 : process.resourceUsage().maxRSS / 1024);
  };
}
