import type { DocumentNode, FormattedExecutionResult, OperationDefinitionNode } from "graphql";
import { GraphQLError, Kind, execute, getOperationAST, parse, validate } from "graphql";
import { z } from "zod";
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { BulkDesk } from "#dev-store/bulk/bulk-desk.ts";
import type { DevStoreContext, RequestHandler } from "#dev-store/context.ts";
import type { Faults } from "#dev-store/control/faults.ts";
import { BodyTooLarge, readBody, sendJson } from "#dev-store/http.ts";
import type { TokenDesk } from "#dev-store/oauth/token-desk.ts";
import type { AdminSchema } from "./admin-schema.ts";
import type { AppCallLog } from "./app-calls.ts";
import { formatFieldError, formatValidationError, formatVariableError } from "./graphql-errors.ts";
import { costOf } from "./query-cost.ts";
import type { Bucket } from "./throttle.ts";

const MAX_QUERY_COST = 1_000;
const CACHED_DOCUMENTS = 200;

const requestBody = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).nullish(), operationName: z.string().nullish() });

interface Parts { readonly store: DevStoreContext; readonly admin: AdminSchema; readonly bulk: BulkDesk; readonly tokens: TokenDesk; readonly bucket: Bucket; readonly faults: Faults; readonly calls: AppCallLog }

type Checked = { readonly ok: true; readonly document: DocumentNode } | { readonly ok: false; readonly errors: readonly object[] };

export function createGraphqlHandler(parts: Parts): RequestHandler {
  const { store, admin, bulk, tokens, bucket, faults, calls } = parts;
  const documents = new Map<string, Checked>();
  const check = (query: string): Checked => {
    const known = documents.get(query);
    if (known) return known;
    const checked = checkDocument(admin, query);
    if (documents.size >= CACHED_DOCUMENTS) documents.clear();
    documents.set(query, checked);
    return checked;
  };

  return async (req, res, url) => {
    const match = /^\/admin\/api\/([^/]+)\/graphql\.json$/.exec(url.pathname);
    if (!match) return false;
    const headers = { "x-request-id": randomUUID(), "x-shopify-api-version": match[1] };
    if (match[1] !== store.config.app.webhookApiVersion) return answer(res, 404, { errors: "Not Found" }, headers);
    if (req.method !== "POST") return answer(res, 405, { errors: "Method Not Allowed" }, headers);
    if (faults.takeFailure()) return answer(res, 503, { errors: "Service Unavailable" }, headers);
    const scopes = tokens.scopesOf(headerOf(req, "x-shopify-access-token"));
    if (!scopes) return answer(res, 401, { errors: "[API] Invalid API key or access token (unrecognized login or wrong password)" }, headers);
    if (faults.current.delayMs) await sleep(faults.current.delayMs);
    const body = await readRequest(req);
    if (!body) return answer(res, 400, { errors: { query: "Required parameter missing or invalid" } }, headers);
    const checked = check(body.query);
    if (!checked.ok) return answer(res, 200, { errors: checked.errors }, headers);
    const operation = getOperationAST(checked.document, body.operationName);
    if (!operation) return answer(res, 200, { errors: [{ message: `No operation named "${body.operationName ?? ""}"` }] }, headers);
    const variables = body.variables ?? {};
    const requested = costOf(admin.schema, checked.document, operation, { kind: "asked", variables });
    const call = { operation: operation.name?.value ?? rootNames(operation), kind: operation.operation, summary: summaryOf(operation, variables) };
    if (requested > MAX_QUERY_COST) {
      calls.record({ ...call, cost: requested, status: "MAX_COST_EXCEEDED" });
      const message = `Query cost is ${requested}, which exceeds the single query max cost limit (${MAX_QUERY_COST}).`;
      return answer(res, 200, { errors: [{ message, extensions: { code: "MAX_COST_EXCEEDED", cost: requested, maxCost: MAX_QUERY_COST, documentation: "https://shopify.dev/api/usage/limits#rate-limits" } }] }, headers);
    }
    if (faults.takeThrottle() || !bucket.take(requested)) {
      calls.record({ ...call, cost: requested, status: "THROTTLED" });
      const cost = { requestedQueryCost: requested, actualQueryCost: null, throttleStatus: bucket.status() };
      return answer(res, 200, { errors: [{ message: "Throttled", extensions: { code: "THROTTLED", documentation: "https://shopify.dev/api/usage/rate-limits" } }], extensions: { cost } }, headers);
    }
    const result = await execute({ schema: admin.schema, document: checked.document, operationName: body.operationName, variableValues: variables, contextValue: { store, db: store.db, bulk, scopes } });
    const hasRun = "data" in result;
    const actual = hasRun ? Math.min(requested, costOf(admin.schema, checked.document, operation, { kind: "answered" }, result.data)) : 0;
    bucket.refund(requested - actual);
    const errors = result.errors?.map((error) => (hasRun ? formatFieldError(error) : formatVariableError(error)));
    calls.record({ ...call, cost: actual, status: errors ? `${errors.length} error${errors.length > 1 ? "s" : ""}: ${errors[0].message}` : refusals(result.data) });
    const cost = { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: bucket.status() };
    const whole: FormattedExecutionResult = { ...(errors ? { errors } : {}), ...(hasRun ? { data: result.data } : {}), extensions: { cost } };
    return answer(res, 200, whole, headers);
  };
}

function answer(res: ServerResponse, status: number, body: unknown, headers: Record<string, string>): true {
  sendJson(res, status, body, headers);
  return true;
}

const headerOf = (req: IncomingMessage, name: string): string => {
  const value = req.headers[name];
  return typeof value === "string" ? value : "";
};

async function readRequest(req: IncomingMessage): Promise<z.infer<typeof requestBody> | null> {
  try {
    const text = (await readBody(req)).toString("utf8");
    if (headerOf(req, "content-type").startsWith("application/graphql")) return { query: text };
    return requestBody.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof BodyTooLarge || error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

function checkDocument(admin: AdminSchema, query: string): Checked {
  try {
    const document = parse(query);
    const errors = validate(admin.schema, document);
    return errors.length ? { ok: false, errors: errors.map(formatValidationError) } : { ok: true, document };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { ok: false, errors: [{ message: error.message, locations: error.locations, extensions: { code: "syntaxError" } }] };
  }
}

const rootNames = (operation: OperationDefinitionNode): string => operation.selectionSet.selections.map((selection) => (selection.kind === Kind.FIELD ? selection.name.value : "...")).join(", ");

/** What was asked for, for the control page: numbers of things, ids and queries, never a person's data. */
function summaryOf(operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(variables).map(([name, value]) => {
    if (Array.isArray(value)) return `${name}: ${value.length}`;
    if (typeof value === "string") return `${name}: ${value.startsWith("gid://") ? value.slice("gid://shopify/".length) : `${value.length} characters`}`;
    return typeof value === "object" && value !== null ? `${name}: {${Object.keys(value).join(", ")}}` : `${name}: ${String(value)}`;
  });
  return `${rootNames(operation)}${parts.length ? ` (${parts.join("; ")})` : ""}`.slice(0, 400);
}

/** "ok", or how many user errors the answer holds and the first of them. */
function refusals(data: unknown): string {
  if (typeof data !== "object" || data === null) return "ok";
  const messages = Object.values(data).flatMap((payload: unknown) =>
    typeof payload === "object" && payload !== null && "userErrors" in payload && Array.isArray(payload.userErrors)
      ? payload.userErrors.map((error: unknown) => (typeof error === "object" && error !== null && "message" in error ? String(error.message) : "refused"))
      : [],
  );
  return messages.length ? `${messages.length} user error${messages.length > 1 ? "s" : ""}: ${messages[0]}` : "ok";
}
