import type { z } from "zod";
import type { CustomerId } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { PrivacyKind } from "#app/server/store/privacy-requests.server.ts";
import { describeIssues, type Unreadable } from "./unreadable.server.ts";
import { keepKnown } from "./keep-known.server.ts";

export type ComplianceTopic = "customers/data_request" | "customers/redact" | "shop/redact";

/** Whom a request is about: the only part of its payload that is kept. */
export interface ComplianceSubject {
  readonly customerId: CustomerId | null;
  readonly orderIds: readonly number[];
}

export interface ComplianceReader {
  readonly topic: ComplianceTopic;
  readonly kind: PrivacyKind;
  read(body: unknown): Result<ComplianceSubject, Unreadable>;
}

export function defineCompliance<S extends z.ZodType>(
  topic: ComplianceTopic,
  kind: PrivacyKind,
  incoming: S,
  reduce: (body: z.output<S>) => { readonly customerId: number | null; readonly orderIds: readonly number[] },
): ComplianceReader {
  return {
    topic,
    kind,
    read(body) {
      const parsed = incoming.safeParse(body);
      if (!parsed.success) return err({ reason: describeIssues(topic, parsed.error), kept: keepKnown(incoming, body) });
      const { customerId, orderIds } = reduce(parsed.data);
      // Parsed as a positive integer: the border where the brand is given.
      return ok({ customerId: customerId === null ? null : (customerId as CustomerId), orderIds });
    },
  };
}
