import type { Draft } from "./draft.ts";
import type { ShopWords } from "./shop-words.ts";

/** What a rule may know besides its match. */
export interface RuleContext {
  readonly words: ShopWords;
  /** Attribute or function of the clause before: "from France or Germany" means the second one as the first. */
  readonly previous: Draft | null;
  /** The word before was "not", "never", "without". */
  readonly isDenied: boolean;
}

/** A way of saying something. The longest match at a place wins, and among equals the first. */
export interface PhraseRule {
  /** Sticky, without regard to case; groups by name. */
  readonly pattern: RegExp;
  /** A thing or place alone that continues the clause before: "from France or Germany". */
  readonly isElliptic: boolean;
  /** Null when it does not mean that after all. */
  make(groups: Readonly<Record<string, string | undefined>>, context: RuleContext): Draft | null;
}

export const rule = (pattern: string, make: PhraseRule["make"]): PhraseRule => ({ pattern: new RegExp(pattern, "iuy"), isElliptic: false, make });
export const elliptic = (pattern: string, make: PhraseRule["make"]): PhraseRule => ({ ...rule(pattern, make), isElliptic: true });
/** A phrase that always says the same. */
export const says = (pattern: string, query: string, denied?: string): PhraseRule => rule(pattern, () => ({ kind: "plain", query, ...(denied === undefined ? {} : { denied }) }));
