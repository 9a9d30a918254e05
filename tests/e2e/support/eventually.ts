import { setTimeout as wait } from "node:timers/promises";

/** Looks until there is something, or says what never came. */
export async function eventually<T>(what: string, look: () => T | null | undefined | false, timeoutMs = 30_000): Promise<T> {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    const found = look();
    if (found) return found;
    if (Date.now() > deadlineMs) throw new Error(`never happened: ${what}`);
    await wait(100);
  }
}
