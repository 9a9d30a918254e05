import type { CustomerId, OrderId } from "#app/core/ids.ts";
import { countAudit, deleteOldAudit, listAudit, recordAudit } from "#app/server/store/audit-log.server.ts";
import { deleteShopRows } from "#app/server/store/delete-shop.server.ts";
import { exportCustomer } from "#app/server/store/export-customer.server.ts";
import { deleteOldModelRuns, failModelRun, findLatestModelRunStart, findLiveModelRun, publishModelRun, startModelRun } from "#app/server/store/model-runs.server.ts";
import { countPrivacyRequests, findPrivacyRequest, finishPrivacyRequest, forgetPrivacyResults, listPrivacyRequests, receivePrivacyRequest } from "#app/server/store/privacy-requests.server.ts";
import { redactCustomer } from "#app/server/store/redact-customer.server.ts";
import { deleteShopSessions } from "#app/server/store/sessions.server.ts";
import { findShop, getShop, markShopUninstalled, recordFirstSync, recordReconciled, recordShopScopes, saveShopSettings, updateShopDetails } from "#app/server/store/shops.server.ts";
import { recordSyncPosition } from "#app/server/store/sync-position.server.ts";
import {
  cancelUnfinishedSyncRuns, createSyncRun, findLatestSyncRun, findSyncRun, findSyncRunByBulkOperation, listLatestSyncRuns, listSyncRuns, updateSyncRun,
} from "#app/server/store/sync-runs.server.ts";
import {
  countUnreadableWebhooks, deleteAppliedWebhooks, findWebhook, findWebhookByDelivery, listUnreadableWebhooks, listWebhooks, receiveWebhook, recordWebhookApplied, recordWebhookFailed, reviveWebhook,
} from "#app/server/store/webhook-inbox.server.ts";
import { NOW_MS, type ScopeCall } from "./two-shops.ts";

const figures = { figures: "{}", seconds: 1, finishedAtMs: NOW_MS };

export const calls: Record<string, ScopeCall> = {
  recordAudit: (shopId) => recordAudit(shopId, { atMs: NOW_MS, actor: "app", action: "a", subject: "s", detail: "d" }),
  listAudit: (shopId) => listAudit(shopId, 100),
  countAudit: (shopId) => countAudit(shopId),
  deleteOldAudit: (shopId) => deleteOldAudit(shopId, NOW_MS),
  deleteShopRows: (shopId, of) => deleteShopRows(shopId, of.domain, NOW_MS),
  deleteShopSessions: (shopId, of) => deleteShopSessions(shopId, of.domain),
  exportCustomer: (shopId) => exportCustomer(shopId, 1 as CustomerId),
  redactCustomer: (shopId) => redactCustomer(shopId, 1 as CustomerId, [100, 101] as OrderId[], NOW_MS),
  startModelRun: (shopId) => startModelRun(shopId, { id: "new-run", kind: "rfm", version: 1, fingerprint: "", asOfMs: NOW_MS, parameters: "{}", startedAtMs: NOW_MS }),
  publishModelRun: (shopId, of) => publishModelRun(shopId, of.runId, figures),
  failModelRun: (shopId, of) => failModelRun(shopId, of.runId, figures),
  findLiveModelRun: (shopId) => findLiveModelRun(shopId, "rfm"),
  findLatestModelRunStart: (shopId) => findLatestModelRunStart(shopId),
  deleteOldModelRuns: (shopId) => deleteOldModelRuns(shopId, NOW_MS),
  receivePrivacyRequest: (shopId, of) =>
    receivePrivacyRequest(shopId, { id: "new", shopDomain: of.domain, kind: "data_request", customerId: null, payload: "{}", requestedAtMs: NOW_MS, dueAtMs: NOW_MS }),
  findPrivacyRequest: (shopId, of) => findPrivacyRequest(shopId, of.requestId),
  listPrivacyRequests: (shopId) => listPrivacyRequests(shopId, 100),
  countPrivacyRequests: (shopId) => countPrivacyRequests(shopId),
  finishPrivacyRequest: (shopId, of) => finishPrivacyRequest(shopId, of.requestId, "failed", "{}", NOW_MS),
  forgetPrivacyResults: (shopId) => forgetPrivacyResults(shopId, NOW_MS),
  findShop: (shopId) => findShop(shopId),
  getShop: (shopId) => getShop(shopId),
  updateShopDetails: (shopId) => updateShopDetails(shopId, { name: "n", shopifyId: 1, currency: "EUR", timeZone: "UTC", planName: null, scopes: [] }),
  recordShopScopes: (shopId) => recordShopScopes(shopId, ["read_orders"]),
  markShopUninstalled: (shopId) => markShopUninstalled(shopId, NOW_MS, NOW_MS),
  recordFirstSync: (shopId) => recordFirstSync(shopId, NOW_MS),
  recordReconciled: (shopId) => recordReconciled(shopId, NOW_MS),
  saveShopSettings: (shopId) => saveShopSettings(shopId, "{}"),
  recordSyncPosition: (shopId, of) => recordSyncPosition(shopId, of.syncRunId, { linesApplied: 9, rowsApplied: 9, bytesApplied: 9 }, NOW_MS),
  createSyncRun: (shopId) => createSyncRun(shopId, { id: "new-sync", resource: "orders", mode: "reconcile", startedAtMs: NOW_MS }),
  findSyncRun: (shopId, of) => findSyncRun(shopId, of.syncRunId),
  findSyncRunByBulkOperation: (shopId) => findSyncRunByBulkOperation(shopId, "gid://shopify/BulkOperation/1"),
  findLatestSyncRun: (shopId) => findLatestSyncRun(shopId, "orders", "backfill"),
  listSyncRuns: (shopId) => listSyncRuns(shopId, "orders", "backfill", 100),
  listLatestSyncRuns: (shopId) => listLatestSyncRuns(shopId),
  updateSyncRun: (shopId, of) => updateSyncRun(shopId, of.syncRunId, { status: "done", fileBytes: 1 }, NOW_MS),
  cancelUnfinishedSyncRuns: (shopId) => cancelUnfinishedSyncRuns(shopId, NOW_MS),
  receiveWebhook: (shopId, of) =>
    receiveWebhook(shopId, {
      id: "new-inbox", webhookId: "new-delivery", shopDomain: of.domain, topic: "orders/create", eventId: null, apiVersion: "2026-07", triggeredAtMs: null, payload: "{}", status: "received",
      error: null, receivedAtMs: NOW_MS,
    }),
  findWebhook: (shopId, of) => findWebhook(shopId, of.inboxId),
  findWebhookByDelivery: (shopId, of) => findWebhookByDelivery(shopId, `delivery-${of.inboxId}`),
  listWebhooks: (shopId) => listWebhooks(shopId, "received", 100),
  listUnreadableWebhooks: (shopId) => listUnreadableWebhooks(shopId, 100),
  countUnreadableWebhooks: (shopId) => countUnreadableWebhooks(shopId),
  recordWebhookApplied: (shopId, of) => recordWebhookApplied(shopId, of.inboxId, "applied", NOW_MS),
  recordWebhookFailed: (shopId, of) => recordWebhookFailed(shopId, of.inboxId, "x", true),
  reviveWebhook: (shopId, of) => reviveWebhook(shopId, of.deadInboxId, "{}"),
  deleteAppliedWebhooks: (shopId) => deleteAppliedWebhooks(shopId, NOW_MS),
};
