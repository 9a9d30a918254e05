import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { Failure } from "#app/core/failure.ts";
import { formatGid } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { SECOND_MS } from "#app/core/time.ts";
import { downloadBulkFile } from "#app/server/shopify/download-bulk-file.server.ts";
import { AddTagsDocument, FindBulkOperationDocument, RemoveTagsDocument, RunBulkMutationDocument, StageBulkVariablesDocument } from "#app/server/shopify/generated/operations.ts";
import type { TagWork } from "#app/server/store/segment-tags.server.ts";
import type { DeliveryRun } from "./delivery-run.server.ts";

export interface BulkTagging {
  readonly work: TagWork;
  readonly tag: string;
  readonly customerIds: readonly number[];
  /** Called for every customer that Shopify answered about; not accepted: it does not know the customer any more. */
  onAnswer(customerId: number, isAccepted: boolean): void;
}

const POLL_MS = [250, 500, 1_000, 2_000, 5_000];
const DOWNLOAD_LIMIT_MS = 600 * SECOND_MS;
const UPLOAD_LIMIT_MS = 120 * SECOND_MS;
const payload = z.object({ node: z.object({ id: z.string() }).nullish(), userErrors: z.array(z.object({ message: z.string() })) }).nullish();
const answerLine = z.object({ data: z.object({ tagsAdd: payload, tagsRemove: payload }).nullish(), __lineNumber: z.number().int().nonnegative() });
const failed = (message: string): Result<never, Failure> => err({ kind: "shopify-unavailable", operation: "bulk tags", message, retryAfterMs: null });

/**
 * Sets or removes one tag on many customers in one bulk mutation: a file of variables is uploaded, run by Shopify, and its answers
 * are read line by line. Repeating it does no harm.
 */
export async function bulkTagCustomers(run: DeliveryRun, tagging: BulkTagging): Promise<Result<null, Failure>> {
  const lines = tagging.customerIds.map((id) => JSON.stringify({ id: formatGid("Customer", id), tags: [tagging.tag] }));
  const path = await upload(run, `${lines.join("\n")}\n`);
  if (!path.ok) return path;
  const mutation = (tagging.work === "to-tag" ? AddTagsDocument : RemoveTagsDocument).toString();
  const started = await run.client.run(RunBulkMutationDocument, { mutation, path: path.value, clientIdentifier: `${tagging.tag} ${tagging.work}`.slice(0, 255) }, { signal: run.signal });
  if (!started.ok) return started;
  const id = started.value.bulkOperationRunMutation?.bulkOperation?.id;
  if (!id) return failed("no bulk operation in the answer");
  const url = await waitFor(run, id);
  if (!url.ok) return url;
  return readAnswers(run, url.value, tagging);
}

async function upload(run: DeliveryRun, variables: string): Promise<Result<string, Failure>> {
  const staged = await run.client.run(StageBulkVariablesDocument, {}, { isSafeToRepeat: true, signal: run.signal });
  if (!staged.ok) return staged;
  const target = staged.value.stagedUploadsCreate?.stagedTargets?.[0];
  const key = target?.parameters.find(({ name }) => name === "key")?.value;
  if (!target?.url || !key) return failed("no place to upload to in the answer");
  const form = new FormData();
  for (const { name, value } of target.parameters) form.append(name, value);
  form.append("file", new Blob([variables], { type: "text/jsonl" }), "variables.jsonl");
  try {
    const response = await fetch(target.url, { method: "POST", body: form, signal: AbortSignal.any([run.signal, AbortSignal.timeout(UPLOAD_LIMIT_MS)]) });
    await response.arrayBuffer();
    return response.ok ? ok(key) : failed(`the upload was answered with HTTP ${response.status}`);
  } catch (error) {
    run.signal.throwIfAborted();
    return failed(`the upload failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Address of the answers once the operation has ended. */
async function waitFor(run: DeliveryRun, id: string): Promise<Result<string, Failure>> {
  for (let poll = 0; ; poll++) {
    await delay(POLL_MS[Math.min(poll, POLL_MS.length - 1)], undefined, { signal: run.signal });
    const found = await run.client.run(FindBulkOperationDocument, { id }, { signal: run.signal });
    if (!found.ok) return found;
    const operation = found.value.bulkOperation;
    if (!operation) return failed("the bulk operation is gone");
    if (operation.status === "COMPLETED") return operation.url ? ok(String(operation.url)) : failed("the bulk operation has no answers");
    if (operation.status !== "CREATED" && operation.status !== "RUNNING") return failed(`the bulk operation ended as ${operation.status} (${operation.errorCode ?? "no code"})`);
  }
}

/** Answers may come in any order: each says which line of the variables it is of. */
async function readAnswers(run: DeliveryRun, url: string, { work, customerIds, onAnswer }: BulkTagging): Promise<Result<null, Failure>> {
  const file = await downloadBulkFile(url, 0, AbortSignal.any([run.signal, AbortSignal.timeout(DOWNLOAD_LIMIT_MS)]));
  if (!file.ok) return file;
  for await (const line of createInterface({ input: Readable.from(file.value.chunks) })) {
    if (line.trim() === "") continue;
    const { data, __lineNumber: number } = answerLine.parse(JSON.parse(line));
    const answer = work === "to-tag" ? data?.tagsAdd : data?.tagsRemove;
    // Without an answer (throttled, internal error) the customer stays to be done.
    if (!answer) continue;
    onAnswer(customerIds[number], answer.userErrors.length === 0);
  }
  return ok(null);
}
