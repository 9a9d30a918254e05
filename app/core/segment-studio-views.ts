/** What the pages on which segments are written, explained and compared are given. */

export interface QueryProblemView {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** Text to put in place of those characters. */
  readonly suggestion: string | null;
}

export interface GroupShare {
  readonly group: string;
  readonly count: number;
}

export interface PreviewProduct {
  readonly productId: number;
  /** Null when the product is gone. */
  readonly title: string | null;
  readonly imageUrl: string | null;
  readonly orders: number;
}

export interface PreviewView {
  readonly count: number;
  readonly customers: number;
  /** Who may be members once missing data is there. */
  readonly undecided: number;
  readonly valueMinor: number;
  readonly revenueShare: number | null;
  /** Null below the smallest group of which anything is told. */
  readonly breakdown: { readonly rfm: readonly GroupShare[]; readonly lifecycle: readonly GroupShare[]; readonly topProducts: readonly PreviewProduct[] } | null;
  readonly minimumGroup: number;
  /** Conditions that the shop has no data for yet, and what is missing. */
  readonly missing: readonly { readonly condition: string; readonly what: string }[];
  /** Time in the engine, for those who want to know. */
  readonly computedInMs: number;
}

/** Either the preview, or why the query cannot be read. */
export interface PreviewAnswer {
  readonly query: string;
  readonly preview?: PreviewView;
  readonly problems?: readonly QueryProblemView[];
}

/** Names of one shop that the editor offers. */
export interface StudioWords {
  readonly metafields: readonly (readonly [string, string])[];
  readonly segments: readonly string[];
  readonly productTypes: readonly string[];
  readonly vendors: readonly string[];
  readonly productTags: readonly string[];
  readonly customerTags: readonly string[];
  readonly countries: readonly string[];
  /** The shop's calendar day, yyyy-mm-dd. */
  readonly today: string;
}

export interface TemplateCount {
  readonly key: string;
  readonly count: number | null;
  /** What is missing; empty when all is there. */
  readonly missing: readonly string[];
}

export interface TranslationView {
  readonly phrase: string;
  readonly query: string | null;
  readonly understood: readonly { readonly phrase: string; readonly query: string }[];
  readonly ignored: readonly string[];
  /** Who wrote it: the rules of this app, or the language model that the operator has set up. */
  readonly by: "rules" | "model";
  readonly canAskModel: boolean;
}

/** The query's own tree with an answer at every place. */
export interface ExplanationView {
  readonly kind: "and" | "or" | "not" | "condition" | "segment";
  readonly holds: boolean | null;
  readonly text: string;
  readonly values: Readonly<Record<string, string | number | null | readonly string[]>>;
  readonly missing: string | null;
  readonly parts: readonly ExplanationView[];
}

export interface MembershipView {
  readonly segmentId: string;
  readonly name: string;
  readonly holds: boolean | null;
  readonly explanation: ExplanationView;
}

export interface FlipView {
  readonly condition: string;
  readonly holds: boolean | null;
  readonly before: Readonly<Record<string, string | number | null | readonly string[]>>;
  readonly after: Readonly<Record<string, string | number | null | readonly string[]>>;
}

export interface MoveView {
  readonly customerId: number;
  readonly kind: "joined" | "left";
  readonly flips: readonly FlipView[];
}

export interface SegmentChangesView {
  readonly fromMs: number;
  readonly toMs: number;
  readonly before: number;
  readonly after: number;
  readonly joined: number;
  readonly left: number;
  /** Conditions that changed their answer, with how many joined and left by each; a customer may stand under several. */
  readonly causes: readonly { readonly condition: string; readonly joined: number; readonly left: number }[];
  /** The first ones of each kind, the most valuable first. */
  readonly moves: readonly MoveView[];
}

export interface FlowView {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

export interface OverlapView {
  readonly names: readonly string[];
  readonly sizes: readonly number[];
  readonly overlaps: readonly { readonly sets: readonly number[]; readonly count: number }[];
}
