import type { Failure } from "#app/core/failure.ts";
import type { Result } from "#app/core/result.ts";
import { SECOND_MS } from "#app/core/time.ts";

/** Somebody waits for the dry run: the client would go on trying for longer than that. */
const LIMIT_MS = 4 * SECOND_MS;

/** What Shopify says within some seconds; null when it does not, or says no. */
export async function askStore<T>(ask: (signal: AbortSignal) => Promise<Result<T, Failure>>): Promise<T | null> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  try {
    const answer = await ask(signal);
    return answer.ok ? answer.value : null;
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}
