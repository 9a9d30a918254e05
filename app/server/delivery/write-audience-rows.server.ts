import { createHash } from "node:crypto";
import { audienceFields, csvCell, type AudienceFormat } from "#app/core/segment-export.ts";
import type { ExportCustomer } from "./read-export-customers.server.ts";

const isYes = (consent: string | null) => consent === "SUBSCRIBED";

export const audienceHeading = (format: AudienceFormat): string => audienceFields[format].map(({ heading }) => heading).join(",");

/**
 * A row of the audience file, or null for a customer who did not agree or cannot be matched. Whoever agreed to e-mail alone
 * is not given away by phone number, nor the other way round.
 */
export function audienceRow(format: AudienceFormat, customer: ExportCustomer): string | null {
  const agreed = { ...customer, email: isYes(customer.emailConsent) ? customer.email : null, phone: isYes(customer.smsConsent) ? customer.phone : null };
  const cells = audienceFields[format].map((field) => ({ ...field, value: field.read(agreed) }));
  const canMatch = cells.some(({ heading, value }) => /email|phone/i.test(heading) && value !== null);
  return canMatch ? cells.map(({ isHashed, value }) => (value === null ? "" : isHashed ? sha256(value) : csvCell(value))).join(",") : null;
}

const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");
