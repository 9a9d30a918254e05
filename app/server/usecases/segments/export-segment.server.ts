import { z } from "zod";
import { describeFailure, type Failure } from "#app/core/failure.ts";
import { currencyExponent } from "#app/core/money.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { audienceFormats, csvCell, defaultExportColumns, exportColumns, isExportColumn, type ExportColumn } from "#app/core/segment-export.ts";
import type { SegmentMemberView } from "#app/core/segment-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { EXPORT_PAGE, readExportCustomers, type ExportCustomer } from "#app/server/delivery/read-export-customers.server.ts";
import { audienceHeading, audienceRow } from "#app/server/delivery/write-audience-rows.server.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { listMembersById } from "#app/server/store/segment-members.server.ts";
import { findSegment } from "#app/server/store/segments.server.ts";
import { plainProblems, toProblems } from "../input-problems.server.ts";
import type { ActionOptions } from "./create-segment.server.ts";

const request = z.object({
  format: z.enum(["csv", ...audienceFormats]).default("csv"),
  columns: z.array(z.string().refine(isExportColumn, "there is no such column")).min(1).max(Object.keys(exportColumns).length).default([...defaultExportColumns]),
});
export type ExportRequest = z.infer<typeof request>;

export interface SegmentExport {
  readonly fileName: string;
  readonly body: ReadableStream<Uint8Array>;
}

/**
 * The members as a file that is made while it is read: names and addresses are asked of Shopify a page of 250 at a time and kept
 * nowhere. The audit log says who took what before the first row leaves, and how many rows left once the last one did.
 */
export async function exportSegment(
  shop: ShopRef, client: AdminClient, id: string, input: unknown, { clock = systemClock, actor = "app", signal = new AbortController().signal }: ActionOptions & { readonly signal?: AbortSignal } = {},
): Promise<Result<SegmentExport, Failure>> {
  const parsed = request.safeParse(input, plainProblems);
  if (!parsed.success) return err({ kind: "invalid", problems: toProblems(parsed.error) });
  const segment = await findSegment(shop.id, id);
  if (!segment) return err({ kind: "not-found", what: "segment", id });
  const { format } = parsed.data;
  const columns = parsed.data.columns.filter(isExportColumn);
  const subject = `segment/${id}`;
  const asked = { format, columns: format === "csv" ? columns : [], members: segment.memberCount };
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor, action: "segment.export", subject, detail: JSON.stringify(asked) });

  async function* lines(): AsyncGenerator<string> {
    // The mark at the beginning makes spreadsheets read UTF-8; ad platforms take none.
    yield format === "csv" ? `\ufeff${columns.join(",")}\r\n` : `${audienceHeading(format)}\r\n`;
    const asksShopify = format !== "csv" || columns.some((column) => exportColumns[column] === "asked");
    let rows = 0;
    for await (const members of memberPages(shop, id)) {
      const known = asksShopify ? await readExportCustomers(client, members.map(({ customerId }) => customerId), signal) : ok(new Map<number, ExportCustomer>());
      if (!known.ok) throw new Error(`the export broke off after ${rows} rows: ${describeFailure(known.error)}`);
      const found = members.flatMap((member) => {
        const customer = known.value.get(member.customerId);
        if (format === "csv") return columns.map((column) => cellOf(column, member, customer, shop)).join(",");
        return (customer && audienceRow(format, customer)) ?? [];
      });
      rows += found.length;
      if (found.length > 0) yield `${found.join("\r\n")}\r\n`;
    }
    await recordAudit(shop.id, { atMs: clock.nowMs(), actor, action: "segment.exported", subject, detail: JSON.stringify({ format, rows }) });
  }
  const day = new Date(clock.nowMs()).toISOString().slice(0, 10);
  const slug = segment.name.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase() || "segment";
  return ok({ fileName: `${slug}-${format}-${day}.csv`, body: toStream(lines()) });
}

async function* memberPages(shop: ShopRef, id: string): AsyncGenerator<SegmentMemberView[]> {
  for (let afterId = 0; ; ) {
    const members = listMembersById(shop.id, id, afterId, EXPORT_PAGE);
    const last = members.at(-1);
    if (!last) return;
    yield members;
    afterId = last.customerId;
  }
}

function cellOf(column: ExportColumn, member: SegmentMemberView, customer: ExportCustomer | undefined, { currency }: ShopRef): string {
  const value = valueOf(column, member, customer, 10 ** currencyExponent(currency));
  return value === null || value === undefined ? "" : typeof value === "number" ? String(value) : csvCell(value);
}

function valueOf(column: ExportColumn, member: SegmentMemberView, customer: ExportCustomer | undefined, money: number): string | number | null | undefined {
  switch (column) {
    case "customer_id":
      return member.customerId;
    case "first_name":
      return customer?.firstName;
    case "last_name":
      return customer?.lastName;
    case "email":
      return customer?.email;
    case "phone":
      return customer?.phone;
    case "city":
      return customer?.city;
    case "country":
      return customer?.country;
    case "email_consent":
      return customer?.emailConsent;
    case "sms_consent":
      return customer?.smsConsent;
    case "orders":
      return member.ordersCount;
    case "spent":
      return member.monetaryMinor / money;
    case "last_order_utc":
      return member.lastOrderAtMs === null ? null : new Date(member.lastOrderAtMs).toISOString();
    case "recency_days":
      return member.recencyDays;
    case "rfm_group":
      return member.shopifyGroup;
    case "classic_rfm_group":
      return member.classicGroup;
    case "member_since_utc":
      return new Date(member.joinedAtMs).toISOString();
  }
}

/** The next page is asked for when the browser has taken the one before. */
function toStream(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await parts.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}
