import { setImmediate as nextTurn } from "node:timers/promises";
import type { Failure } from "#app/core/failure.ts";
import { currencyExponent } from "#app/core/money.ts";
import { profileFields, type ProfileField, type ProfileFieldName, type ProfileValue } from "#app/core/profile-fields.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { askPicture, type AskOptions } from "../picture/ask-picture.server.ts";
import type { CustomerListAnswer } from "./answer-customer-list.server.ts";
import { listQuestion } from "./load-customers.server.ts";
import { readListRequest } from "./read-list-request.server.ts";

/** Rows asked for at a time: the file is never in memory as a whole. */
const ROWS_A_TURN = 5_000;

/**
 * The list as it is narrowed, sorted and chosen now, as CSV in UTF-8. Names are not in it: the app does not have them. The audit log says who took how much
 * before the first row leaves.
 */
export async function exportCustomers(shop: ShopRef, actor: string, params: URLSearchParams, options: AskOptions = {}): Promise<Result<ReadableStream<Uint8Array>, Failure>> {
  const request = readListRequest(params);
  const question = await listQuestion(shop, request);
  const ask = (offset: number) => askPicture(shop, "customer-list", { ...question, offset, limit: ROWS_A_TURN }, options);
  const first = await ask(0);
  if (!first.ok) return err(first.error);
  const { columns, where, filters } = request;
  await recordAudit(shop.id, {
    atMs: (options.clock ?? systemClock).nowMs(), actor, action: "customers.exported", subject: "Customer", detail: JSON.stringify({ rows: first.value.total, columns, where, filters }),
  });
  const money = 10 ** currencyExponent(shop.currency);
  const encoder = new TextEncoder();
  async function* lines(): AsyncGenerator<Uint8Array> {
    // The mark at the beginning makes spreadsheets read UTF-8.
    yield encoder.encode(`\ufeff${["customer_id", ...columns.map((name) => headingOf(name, shop.currency))].join(",")}\r\n`);
    let answer: CustomerListAnswer | null = first.ok ? first.value : null;
    for (let offset = ROWS_A_TURN; answer && answer.rows.length > 0; offset += ROWS_A_TURN) {
      yield encoder.encode(answer.rows.map(({ customerId, values }) => [String(customerId), ...values.map((value, i) => cellOf(columns[i], value, money))].join(",") + "\r\n").join(""));
      if (offset >= answer.total) return;
      await nextTurn();
      const next = await ask(offset);
      if (!next.ok) throw new Error(`the export broke off at row ${offset}: ${next.error.kind}`);
      answer = next.value;
    }
  }
  return ok(toStream(lines()));
}

/** A row is made when the browser has taken the one before. */
function toStream(parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const next = await parts.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}

function headingOf(name: ProfileFieldName, currency: string): string {
  const { kind }: ProfileField = profileFields[name];
  const plain = name.replace(/Minor$/, "").replace(/([A-Z]|\d+)/g, (part) => `_${part.toLowerCase()}`);
  return kind === "money" ? `${plain}_${currency.toLowerCase()}` : kind === "instant" ? `${plain}_utc` : plain;
}

function cellOf(name: ProfileFieldName, value: ProfileValue, money: number): string {
  if (value === null) return "";
  const { kind }: ProfileField = profileFields[name];
  if (typeof value === "string") return quote(value);
  if (kind === "money") return String(value / money);
  if (kind === "instant") return new Date(value).toISOString();
  return String(kind === "number" || kind === "days" ? Math.round(value * 1000) / 1000 : value);
}

/** RFC 4180; what a spreadsheet would run as a formula is made plain text. */
function quote(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
