import { ClientError, GraphQLClient } from "graphql-request";
import { z } from "zod";
import type { ShopDomain } from "#app/core/ids.ts";
import { SECOND_MS } from "#app/core/time.ts";
import { API_VERSION } from "./shopify.server.ts";
import { shopifyFetch } from "./shopify-fetch.server.ts";
import type { ThrottleStatus } from "./pace.server.ts";

export interface CallCost {
  readonly requested: number;
  readonly actual: number | null;
  readonly throttleStatus: ThrottleStatus;
}

/** How one HTTP call ended; the client decides what follows from it. */
export type CallOutcome =
  | { readonly kind: "answered"; readonly data: unknown; readonly cost: CallCost | null }
  | { readonly kind: "throttled"; readonly cost: CallCost | null; readonly retryAfterMs: number | null }
  | { readonly kind: "unauthorized" }
  /** Shopify understood and said no: repeating it changes nothing. */
  | { readonly kind: "refused"; readonly messages: readonly string[]; readonly cost: CallCost | null }
  /** `hasRun` is false when the call certainly did nothing (it never left, or was turned away at the door). */
  | { readonly kind: "broken"; readonly message: string; readonly hasRun: boolean };

const cost = z.object({
  requestedQueryCost: z.number(),
  actualQueryCost: z.number().nullish(),
  throttleStatus: z.object({ maximumAvailable: z.number(), currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
});
const extensions = z.object({ cost });
const errorCode = z.object({ code: z.string() });

export interface Call {
  readonly shopDomain: ShopDomain;
  readonly token: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly signal: AbortSignal;
}

/** One POST to the Admin API through graphql-request. Never throws. */
export async function callAdmin({ shopDomain, token, query, variables, signal }: Call): Promise<CallOutcome> {
  const client = new GraphQLClient(`https://${shopDomain}/admin/api/${API_VERSION}/graphql.json`, {
    fetch: shopifyFetch,
    errorPolicy: "all",
    headers: { "X-Shopify-Access-Token": token },
  });
  try {
    const answer = await client.rawRequest<unknown>({ query, variables, signal });
    return readAnswer(answer.data, answer.errors ?? [], answer.extensions);
  } catch (error) {
    return error instanceof ClientError ? readClientError(error) : { kind: "broken", message: messageOf(error), hasRun: !neverLeft(error) };
  }
}

interface GraphQLProblem {
  readonly message: string;
  readonly extensions?: unknown;
}

function readAnswer(data: unknown, problems: readonly GraphQLProblem[], given: unknown): CallOutcome {
  const parsed = extensions.safeParse(given);
  const callCost = parsed.success
    ? { requested: parsed.data.cost.requestedQueryCost, actual: parsed.data.cost.actualQueryCost ?? null, throttleStatus: parsed.data.cost.throttleStatus }
    : null;
  if (problems.length === 0) return data == null ? { kind: "broken", message: "an answer without data", hasRun: true } : { kind: "answered", data, cost: callCost };
  const codes = problems.map((problem) => errorCode.safeParse(problem.extensions).data?.code ?? "");
  if (codes.includes("THROTTLED")) return { kind: "throttled", cost: callCost, retryAfterMs: null };
  if (codes.some((code) => code === "INTERNAL_SERVER_ERROR" || code === "TIMEOUT")) return { kind: "broken", message: problems[0].message, hasRun: true };
  return { kind: "refused", messages: problems.map((problem) => problem.message), cost: callCost };
}

function readClientError(error: ClientError): CallOutcome {
  const { status, headers } = error.response;
  if (status === 401) return { kind: "unauthorized" };
  if (status === 429) {
    const seconds = Number(headers instanceof Headers ? headers.get("retry-after") : NaN);
    return { kind: "throttled", cost: null, retryAfterMs: seconds > 0 ? seconds * SECOND_MS : null };
  }
  if (status >= 500 || status < 400) return { kind: "broken", message: `HTTP ${status}`, hasRun: true };
  return { kind: "refused", messages: [`HTTP ${status}`], cost: null };
}

const NEVER_LEFT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

/** Fetch wraps the socket's error in `cause`; with several addresses that is an AggregateError with the code on it too. */
function neverLeft(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string" && NEVER_LEFT.has(cause.code);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return error.message + cause;
}
