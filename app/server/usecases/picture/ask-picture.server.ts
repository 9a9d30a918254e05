import type { Failure } from "#app/core/failure.ts";
import type { ShopId } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { HOUR_MS, type Clock } from "#app/core/time.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import type { ServiceThread } from "#app/server/platform/service-thread.server.ts";
import { openServiceThread } from "#app/server/platform/service-thread.server.ts";
import { countPictureRows } from "#app/server/store/picture-stamp.server.ts";
import { answerQuestion } from "./answer-question.server.ts";
import type { QuestionAnswer, QuestionInput, QuestionName } from "./picture-questions.server.ts";

/** Customers and orders from which a picture stands in a thread: reading fewer takes this process well under a second. */
const WORTH_A_THREAD = 200_000;
/** A page does not wait longer for a large shop's first picture; it says so and asks again. */
const MOST_WAIT_MS = 20_000;

export interface AskOptions {
  readonly clock?: Clock;
  readonly threadFromRows?: number;
  readonly mostWaitMs?: number;
}

let thread: ServiceThread | null = null;
const sizes = new Map<ShopId, { readonly rows: number; readonly countedAtMs: number }>();

/** Asks the resident picture of a shop. "not-ready" while a large shop's picture is still being read. */
export async function askPicture<Name extends QuestionName>(
  shop: ShopRef, question: Name, input: QuestionInput<Name>, { clock = systemClock, threadFromRows = WORTH_A_THREAD, mostWaitMs = MOST_WAIT_MS }: AskOptions = {},
): Promise<Result<QuestionAnswer<Name>, Failure>> {
  const nowMs = clock.nowMs();
  const { id, domain, currency, timeZone } = shop;
  const asked = { shop: { id, domain, currency, timeZone }, question, input, nowMs };
  // The registry types what each question answers; across the thread's border the value is what that same function returned.
  const answered = (value: unknown) => ok(value as QuestionAnswer<Name>);
  if (countRows(id, nowMs) < threadFromRows) return answered(await answerQuestion(asked));
  thread ??= openServiceThread("app/server/usecases/picture/answer-question.server.ts", "answerQuestion");
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result<never, Failure>>((resolve) => {
    timer = setTimeout(() => resolve(err({ kind: "not-ready", what: "the picture of the shop", message: "it is being read; ask again in a moment" })), mostWaitMs);
  });
  try {
    return await Promise.race([thread.ask(asked).then(answered), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends the thread, if there is one. */
export async function closePictures(): Promise<void> {
  await thread?.close();
  thread = null;
}

function countRows(shopId: ShopId, nowMs: number): number {
  const known = sizes.get(shopId);
  if (known && nowMs - known.countedAtMs < HOUR_MS && nowMs >= known.countedAtMs) return known.rows;
  const rows = countPictureRows(shopId);
  sizes.set(shopId, { rows, countedAtMs: nowMs });
  return rows;
}
