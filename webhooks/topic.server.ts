import type { z } from "zod";
import type { InboxPayload, InboxTopic } from "#app/core/webhook-payloads.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { keepKnown } from "./keep-known.server.ts";
import { describeIssues, type Unreadable } from "./unreadable.server.ts";

export interface TopicContext {
  /** The shop's own currency, for prices that come without one. */
  readonly currency: string;
}

/** One subscription: what Shopify sends, and the minimum that is kept of it. */
export interface TopicReader {
  readonly topic: InboxTopic;
  /** The payload for the inbox; else why it does not fit and what may be kept of it until someone looks. */
  read(body: unknown, context: TopicContext): Result<object, Unreadable>;
}

/** Binds what comes in to what the inbox takes: TypeScript holds `reduce` to the topic's contract in app/core. */
export function defineTopic<T extends InboxTopic, S extends z.ZodType>(
  topic: T,
  incoming: S,
  reduce: (body: z.output<S>, context: TopicContext) => InboxPayload<T>,
): TopicReader {
  return {
    topic,
    read(body, context) {
      const parsed = incoming.safeParse(body);
      if (!parsed.success) return err({ reason: describeIssues(topic, parsed.error), kept: keepKnown(incoming, body) });
      try {
        return ok(reduce(parsed.data, context));
      } catch (error) {
        return err({ reason: `${topic}: ${error instanceof Error ? error.message : String(error)}`, kept: keepKnown(incoming, body) });
      }
    },
  };
}
