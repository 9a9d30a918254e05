import { formatQuery } from "../language/format-query.ts";
import { parseQuery } from "../language/parse-query.ts";
import { writeDraft, type Draft, type WindowPhrase } from "./draft.ts";
import { writeChineseNumbers, writeEnglishNumbers } from "./number-words.ts";
import { orderRules } from "./order-rules.ts";
import { personRules } from "./person-rules.ts";
import type { PhraseRule } from "./phrase-rule.ts";
import type { ShopWords } from "./shop-words.ts";
import { chineseWindow, englishWindow, readWindow } from "./windows.ts";

export interface Translation {
  /** Null when nothing was understood. */
  readonly query: string | null;
  /** What each part of the sentence was taken for, in order. */
  readonly understood: readonly { readonly phrase: string; readonly query: string }[];
  /** Words that nothing was made of; small words are not told. */
  readonly ignored: readonly string[];
}

export const LONGEST_PHRASE = 500;

type Token =
  | { readonly kind: "clause"; readonly draft: Draft; readonly isDenied: boolean; readonly isElliptic: boolean; readonly phrase: string }
  | { readonly kind: "and" | "or" | "comma" | "open" | "close" | "not" };

const denial = /(?:(?:who |that |they |have |has |had |did |do |does |is |are |was |were |but |and )*(?:not|never)(?![a-z])(?: (?:been|yet|ever|made|placed|have|had)(?= an?\b| any\b| once))?|(?:have|has|had|did|do|does|is|are|was|were|would|can)n['’]?t(?: yet| ever| any)?|without(?: (?:an?|any))?|excluding|except(?: for)?|other than|apart from|no(?= [a-z])|nor|(?:而|但|却|都|还)*(?:从来没有过?|从来没|从未|从不|没有|未曾|尚未|还没有?|并未|没|未(?!来)|不是|并非|不在|不属于|非|不)|除了|排除|不包括)/iuy;
const joins: readonly (readonly [RegExp, "and" | "or" | "comma" | "open" | "close"])[] = [
  [/(?:as well as|and also|but also|but|and|plus|also|while|yet)(?![a-z])|&|并且|而且|同时|以及|但是|但|且|并|和|而|又|还/iuy, "and"],
  [/or(?: else)?(?![a-z])|either(?![a-z])|或者|或是|或|要么/iuy, "or"], [/[,;，；、]/uy, "comma"], [/[（(]/uy, "open"], [/[)）]/uy, "close"],
];
const fillers = /(?:please|can you|could you|show|find|give|get|list|select|me|us|i want|i need|want|to see|segment of|a list of|all|any|the|a|an|of|who|whom|whose|that|which|those|these|my|our|their|them|they|customers?|people|persons?|shoppers?|clients?|users?|buyers?|have|has|had|having|are|is|were|was|be|been|being|with|in|at|for|from|to|on|it|so|far|both|ever|already|yet|still|but|once more|again|somebody|someone|anyone|everyone|us|total|in total|do|did|does)(?![a-z])|请|帮我|给我|找出|找到|查找|筛选|显示|列出|选出|哪些|所有|全部|那些|这些|的|了|过|客户们?|顾客们?|用户们?|买家|人群?|曾经|曾|已经|已|有|是|在|都|也|且|我|我们|们|内|时|期间|一直|中|为/iuy;

/**
 * A sentence of common English or Chinese as a query of the language, by rules alone: nothing leaves the machine. The
 * longest phrase that a rule knows is read at each place; "and" binds before "or", a comma is what the next joining word is,
 * "not" denies what follows it. The query always parses.
 */
export function translatePhrase(phrase: string, words: ShopWords): Translation {
  const text = writeChineseNumbers(writeEnglishNumbers(phrase.slice(0, LONGEST_PHRASE).normalize("NFKC").replace(/[’]/g, "'"))).replace(/\s+/g, " ").replace(/(?<=[\u4e00-\u9fff\d]) (?=[\u4e00-\u9fff\d])/gu, "").replace(/[.。!！?？]+(?=\s|$)/gu, "").trim();
  const { tokens, ignored } = readTokens(text, words);
  const clauses = tokens.flatMap((token) => (token.kind === "clause" ? [token] : []));
  const understood = clauses.map(({ draft, isDenied, phrase: said }) => ({ phrase: said, query: writeDraft(draft, isDenied) }));
  if (clauses.length === 0) return { query: null, understood, ignored };
  const written = writeTokens(tokens);
  const parsed = parseQuery(written);
  return { query: parsed.ok ? formatQuery(parsed.value) : null, understood, ignored };
}

const compiled = new WeakMap<ShopWords, readonly PhraseRule[]>();

/** Putting the rules together takes longer than a sentence. */
function rulesOf(words: ShopWords): readonly PhraseRule[] {
  const known = compiled.get(words) ?? [...orderRules(words), ...personRules(words)];
  compiled.set(words, known);
  return known;
}

function readTokens(text: string, words: ShopWords): { readonly tokens: Token[]; readonly ignored: string[] } {
  const rules = rulesOf(words);
  const loose = new RegExp(`${englishWindow}|${chineseWindow}`, "iuy");
  const tokens: Token[] = [];
  const ignored: string[] = [];
  let isDenied = false;
  let waiting: WindowPhrase | null = null;
  let previous: Draft | null = null;
  for (let at = 0; at < text.length; ) {
    if (text[at] === " ") {
      at++;
      continue;
    }
    const found = findLongest(rules, text, at, { words, previous, isDenied });
    const denied = matchAt(denial, text, at);
    const window = matchAt(loose, text, at);
    if (found && found.length >= (denied?.length ?? 0) && found.length >= (window?.length ?? 0)) {
      let draft: Draft = found.draft;
      if (isDenied) draft = continueEvent(draft, previous);
      if (waiting && "window" in draft && !draft.window) [draft, waiting] = [{ ...draft, window: waiting }, null];
      const continues = found.isElliptic ? denialBefore(tokens) : false;
      tokens.push({ kind: "clause", draft, isDenied: isDenied || continues, isElliptic: found.isElliptic, phrase: `${isDenied ? lastDenial(text, at) : ""}${text.slice(at, at + found.length)}`.trim() });
      previous = draft;
      isDenied = false;
      at += found.length;
      continue;
    }
    if (window && window.length > (denied?.length ?? 0)) {
      const read = readWindow(window, words.today);
      const last = tokens.at(-1);
      // A window after a clause without one belongs to it; else to the next.
      if (read && !isDenied && last?.kind === "clause" && "window" in last.draft && !last.draft.window) {
        tokens[tokens.length - 1] = { ...last, draft: { ...last.draft, window: read }, phrase: `${last.phrase} ${window}` };
      } else waiting = read;
      at += window.length;
      continue;
    }
    const join = joins.map(([pattern, kind]) => ({ kind, length: matchAt(pattern, text, at)?.length ?? 0 })).find(({ length }) => length > 0);
    if (denied && denied.length >= (join?.length ?? 0)) {
      if (/^nor/i.test(denied)) tokens.push({ kind: "and" });
      isDenied = true;
      at += denied.length;
      continue;
    }
    if (join) {
      if (join.kind === "open" && isDenied) {
        tokens.push({ kind: "not" });
        isDenied = false;
      }
      tokens.push({ kind: join.kind });
      at += join.length;
      continue;
    }
    const filler = matchAt(fillers, text, at);
    if (filler) {
      at += filler.length;
      continue;
    }
    const word = /[\p{Script=Han}]|[^\s,，;；()（）\p{Script=Han}]+/uy;
    const unknown = matchAt(word, text, at) ?? text[at];
    const isHan = /\p{Script=Han}/u.test(unknown);
    if (isHan && ignored.length > 0 && text.slice(0, at).endsWith(ignored[ignored.length - 1])) ignored[ignored.length - 1] += unknown;
    else ignored.push(unknown);
    at += unknown.length;
  }
  return { tokens, ignored };
}

/** "Put into the cart in the last 7 days but did not buy": not within these 7 days, whether or not they ever did. */
function continueEvent(draft: Draft, previous: Draft | null): Draft {
  const isBare = draft.kind === "orders" && writeDraft({ ...draft, window: null }, false) === "number_of_orders >= 1";
  if (!isBare || !(previous?.kind === "event" || (previous?.kind === "date" && previous.attribute === "abandoned_checkout_date"))) return draft;
  return { ...draft, window: draft.window ?? previous.window, isAfterEvent: true };
}

interface Found {
  readonly draft: Draft;
  readonly length: number;
  readonly isElliptic: boolean;
}

/** "Not from France or Germany" denies both. */
function denialBefore(tokens: readonly Token[]): boolean {
  const last = tokens.findLast((token) => token.kind === "clause");
  return last?.kind === "clause" && last.isDenied;
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  // English words are matched whole: "or" is no part of "order".
  if (at > 0 && /[A-Za-z]/.test(text[at]) && /[A-Za-z]/.test(text[at - 1])) return null;
  pattern.lastIndex = at;
  const match = pattern.exec(text)?.[0];
  return match ? match : null;
}

function findLongest(rules: readonly PhraseRule[], text: string, at: number, context: Parameters<PhraseRule["make"]>[1]): Found | null {
  if (at > 0 && /[A-Za-z]/.test(text[at]) && /[A-Za-z]/.test(text[at - 1])) return null;
  let best: Found | null = null;
  for (const { pattern, isElliptic, make } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const length = match?.[0].length ?? 0;
    if (!match || length === 0 || length <= (best?.length ?? 0)) continue;
    const next = text[at + length] ?? "";
    if (/[A-Za-z]/.test(text[at + length - 1]) && /[A-Za-z]/.test(next)) continue;
    const draft = make(match.groups ?? {}, context);
    if (draft) best = { draft, length, isElliptic };
  }
  return best;
}

function lastDenial(text: string, at: number): string {
  return /(?:not|never|n't|without|no|except|excluding|除了|从未|没有|没|未|不)[^,，]{0,12}$/iu.exec(text.slice(0, at))?.[0] ?? "";
}

/** The words between the clauses as AND, OR and brackets; clauses side by side hold together. */
function writeTokens(tokens: readonly Token[]): string {
  let written = "";
  let join: "AND" | "OR" | null = null;
  let needsJoin = false;
  bindElliptic(tokens).forEach((token, index, all) => {
    switch (token.kind) {
      case "clause": {
        const clause = token.text;
        if (clause === "") return;
        written += `${needsJoin ? ` ${join ?? "AND"} ` : ""}${clause}`;
        [needsJoin, join] = [true, null];
        return;
      }
      case "open":
        written += `${needsJoin ? ` ${join ?? "AND"} ` : ""}(`;
        [needsJoin, join] = [false, null];
        return;
      case "close":
        written += ")";
        [needsJoin, join] = [true, null];
        return;
      case "not":
        written += `${needsJoin ? ` ${join ?? "AND"} ` : ""}NOT `;
        [needsJoin, join] = [false, null];
        return;
      case "and":
        join ??= "AND";
        return;
      case "or":
        join = "OR";
        return;
      case "comma":
        join ??= all.slice(index + 1).find(({ kind }) => kind === "and" || kind === "or")?.kind === "or" ? "OR" : null;
    }
  });
  return written;
}

type Written = Exclude<Token, { kind: "clause" }> | { readonly kind: "clause"; readonly text: string };

/** "In France or Germany and subscribed": what continues a clause is joined to it before anything else. */
function bindElliptic(tokens: readonly Token[]): Written[] {
  const written: Written[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token.kind !== "clause") {
      written.push(token);
      continue;
    }
    const parts = [writeDraft(token.draft, token.isDenied)];
    let isAny = false;
    for (;;) {
      const join = tokens[at + 1];
      const next = tokens[at + 2];
      if (!join || (join.kind !== "or" && join.kind !== "comma" && join.kind !== "and") || next?.kind !== "clause" || !next.isElliptic) break;
      isAny ||= join.kind === "or";
      parts.push(writeDraft(next.draft, next.isDenied));
      at += 2;
    }
    const text = parts.length === 1 ? parts[0] : `(${parts.join(isAny && !token.isDenied ? " OR " : " AND ")})`;
    written.push({ kind: "clause", text });
  }
  return written;
}
