import { setTimeout as delay } from "node:timers/promises";
import { describeFailure, type Failure, type FieldProblem } from "#app/core/failure.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { createRng, type Rng } from "#app/core/rng.ts";
import { SECOND_MS, type Clock } from "#app/core/time.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { getLogger, type Logger } from "#app/server/platform/logger.server.ts";
import { callAdmin, type CallCost, type CallOutcome } from "./admin-call.server.ts";
import type { TypedDocumentString } from "./generated/operations.ts";
import { getOfflineToken } from "./offline-token.server.ts";
import { paceOf } from "./pace.server.ts";

export interface CallOptions {
  /** A mutation that does no harm when it runs twice (sets a value, adds a tag): it is then retried like a query. */
  readonly isSafeToRepeat?: boolean;
  /** Of one attempt. */
  readonly timeLimitMs?: number;
  readonly signal?: AbortSignal;
}

/** Typed calls to one shop's Admin API: `await client.run(FindProductDocument, { id })`. */
export interface AdminClient {
  readonly shopDomain: ShopDomain;
  run<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    options?: CallOptions,
  ): Promise<Result<Data, Failure>>;
}

export interface AdminClientDependencies {
  readonly clock?: Clock;
  /** Spreads retries. */
  readonly rng?: Rng;
  readonly log?: Logger;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

const TIME_LIMIT_MS = 30 * SECOND_MS;
const MAX_BROKEN = 5;
/** A throttled call is certain to fit sooner or later; the limit only ends a queue that never gets its turn. */
const MAX_THROTTLED = 20;
const BACKOFF_MS = 500;
const BACKOFF_CAP_MS = 15 * SECOND_MS;

const HEAD = /^(?:\s|#.*)*(query|mutation)\s+(\w+)/;

export function createAdminClient(shopDomain: ShopDomain, dependencies: AdminClientDependencies = {}): AdminClient {
  const clock = dependencies.clock ?? systemClock;
  const rng = dependencies.rng ?? createRng(process.pid ^ clock.nowMs());
  const log = dependencies.log ?? getLogger("admin-api", { shopDomain });
  const sleep = dependencies.sleep ?? ((ms, signal) => delay(ms, undefined, { signal }));
  const pace = paceOf(shopDomain);

  /** One attempt, once the bucket has room for it. */
  async function attempt(operation: string, query: string, variables: Record<string, unknown>, token: string, options: CallOptions): Promise<CallOutcome> {
    // Asked again after each wait: another call may have been quicker.
    for (let waitMs = pace.waitMs(operation, clock.nowMs()); waitMs > 0; waitMs = pace.waitMs(operation, clock.nowMs())) await sleep(waitMs, options.signal);
    const end = pace.begin(operation);
    const limit = AbortSignal.timeout(options.timeLimitMs ?? TIME_LIMIT_MS);
    try {
      const outcome = await callAdmin({ shopDomain, token, query, variables, signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit });
      if ("cost" in outcome && outcome.cost) pace.learn(operation, outcome.cost.requested, outcome.cost.throttleStatus, clock.nowMs());
      return outcome;
    } finally {
      end();
    }
  }

  const backoffMs = (attempts: number) => Math.floor(rng.next() * Math.min(BACKOFF_CAP_MS, BACKOFF_MS * 2 ** attempts));

  return {
    shopDomain,
    async run<Data, Variables extends Record<string, unknown>>(
      document: TypedDocumentString<Data, Variables>,
      variables: Variables,
      options: CallOptions = {},
    ): Promise<Result<Data, Failure>> {
      const query = document.toString();
      const [, kind, operation = "anonymous operation"] = HEAD.exec(query) ?? [];
      const isRepeatable = kind === "query" || options.isSafeToRepeat === true;
      const startedAtMs = clock.nowMs();
      let rejectedToken: string | undefined;
      let broken = 0;
      let throttled = 0;

      const fail = (failure: Failure): Result<never, Failure> => {
        log.warn({ adminOperation: operation, attempts: 1 + broken + throttled, ms: clock.nowMs() - startedAtMs }, describeFailure(failure));
        return err(failure);
      };
      const unavailable = (message: string, retryAfterMs: number | null) => fail({ kind: "shopify-unavailable", operation, message, retryAfterMs });

      for (;;) {
        options.signal?.throwIfAborted();
        const token = await getOfflineToken(shopDomain, { clock, rejectedToken });
        if (!token.ok) return fail(token.error);
        const outcome = await attempt(operation, query, variables, token.value, options);
        // A caller that gave up wants its own reason, not a failure of Shopify.
        options.signal?.throwIfAborted();
        switch (outcome.kind) {
          case "answered": {
            const problems = findUserErrors(outcome.data);
            if (problems.length > 0) return fail({ kind: "shopify-refused", operation, problems });
            log.debug({ adminOperation: operation, cost: outcome.cost?.actual ?? outcome.cost?.requested, attempts: 1 + broken + throttled, ms: clock.nowMs() - startedAtMs }, "answered");
            // The document was checked against the schema when its types were generated.
            return ok(outcome.data as Data);
          }
          case "unauthorized":
            if (rejectedToken) return fail({ kind: "not-installed", shopDomain });
            rejectedToken = token.value;
            break;
          case "throttled": {
            const waitMs = outcome.retryAfterMs ?? (throttleWaitMs(outcome.cost) || backoffMs(throttled + 1));
            if (++throttled > MAX_THROTTLED) return unavailable("throttled", waitMs);
            await sleep(waitMs, options.signal);
            break;
          }
          case "refused":
            return fail({ kind: "shopify-refused", operation, problems: outcome.messages.map((message) => ({ field: "", message })) });
          case "broken":
            if (outcome.hasRun && !isRepeatable) return unavailable(`${outcome.message}; it may have been done`, null);
            if (++broken > MAX_BROKEN) return unavailable(outcome.message, null);
            await sleep(backoffMs(broken), options.signal);
        }
      }
    },
  };
}

/** (requested - available) / restore rate, as Shopify documents it. */
function throttleWaitMs(cost: CallCost | null): number {
  if (!cost) return 0;
  const { currentlyAvailable, restoreRate } = cost.throttleStatus;
  return Math.ceil((Math.max(0, cost.requested - currentlyAvailable) / restoreRate) * SECOND_MS);
}

/** Shopify's own refusals stand inside the data, one list per mutation of the document. */
function findUserErrors(data: unknown): FieldProblem[] {
  if (typeof data !== "object" || data === null) return [];
  return Object.values(data).flatMap((payload: unknown) => {
    if (typeof payload !== "object" || payload === null || !("userErrors" in payload) || !Array.isArray(payload.userErrors)) return [];
    return payload.userErrors.map(toProblem);
  });
}

function toProblem(problem: unknown): FieldProblem {
  if (typeof problem !== "object" || problem === null) return { field: "", message: String(problem) };
  const field = "field" in problem && Array.isArray(problem.field) ? problem.field.join(".") : "";
  const message = "message" in problem ? String(problem.message) : "refused without a message";
  const code = "code" in problem && typeof problem.code === "string" ? ` (${problem.code})` : "";
  return { field, message: message + code };
}
