import type { z } from "zod";

/** Why a payload does not fit its topic, and what may be kept of it until someone looks. */
export interface Unreadable {
  readonly reason: string;
  readonly kept: unknown;
}

const SHOWN = 5;

export function describeIssues(topic: string, error: z.ZodError): string {
  const shown = error.issues.slice(0, SHOWN).map((issue) => `${issue.path.join(".") || "payload"}: ${issue.message}`);
  const more = error.issues.length > SHOWN ? ` (and ${error.issues.length - SHOWN} more)` : "";
  return `${topic} does not fit its schema: ${shown.join("; ")}${more}`;
}
