/** What the home page is given. */

export interface PeriodFigures {
  readonly orders: number;
  readonly revenueMinor: number;
  readonly buyers: number;
  /** Buyers who had already ordered before the period. */
  readonly returningBuyers: number;
}

export interface WeekFigures {
  readonly startsAtMs: number;
  readonly orders: number;
  readonly revenueMinor: number;
}

export interface KeyFiguresView {
  /** End of the 30 days: now, or the last order when the shop has been quiet for longer. */
  readonly untilMs: number;
  readonly isPast: boolean;
  readonly now: PeriodFigures;
  readonly before: PeriodFigures;
  /** Oldest first; the last one may not be over. */
  readonly weeks: readonly WeekFigures[];
}

export interface DeadLetterView {
  readonly id: string;
  readonly source: "job" | "webhook" | "events";
  /** Kind of the job, topic of the webhook, or host of whoever refused the events. */
  readonly name: string;
  readonly error: string;
  readonly atMs: number;
  /** Refused events; 1 of the others. */
  readonly count?: number;
}

export interface StoreHealthView {
  readonly products: number;
  readonly customers: number;
  readonly orders: number;
  readonly lastWebhook: { readonly topic: string; readonly atMs: number } | null;
  readonly deadLetters: readonly DeadLetterView[];
  readonly deadCount: number;
  readonly waitingJobs: number;
}

export interface SetUpGuideView {
  readonly isDismissed: boolean;
  readonly isSynced: boolean;
  readonly isScored: boolean;
  readonly hasSegment: boolean;
  readonly hasDiscount: boolean;
}

export interface SegmentMixPart {
  readonly group: string;
  readonly count: number;
  readonly spentMinor: number;
}
