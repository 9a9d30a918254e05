/**
 * Shopify's search syntax (shopify.dev/docs/api/usage/search-syntax): terms joined by AND (also by a blank) and OR, NOT or
 * a minus, parentheses, `field:value`, comparators `:>`, `:>=`, `:<`, `:<=`, quotes, `*` at the end of a prefix.
 */
export type SearchNode =
  | { readonly kind: "and" | "or"; readonly parts: readonly SearchNode[] }
  | { readonly kind: "not"; readonly part: SearchNode }
  | { readonly kind: "field"; readonly field: string; readonly comparator: Comparator; readonly value: string; readonly isPrefix: boolean }
  | { readonly kind: "text"; readonly value: string; readonly isPrefix: boolean };

export type Comparator = "=" | ">" | ">=" | "<" | "<=";

type Token =
  | { readonly kind: "(" | ")" | "AND" | "OR" | "NOT" }
  | { readonly kind: "term"; readonly field: string | null; readonly comparator: Comparator; readonly value: string; readonly isPrefix: boolean };

const TERM = /^(?:([A-Za-z_][\w.]*)\s*:\s*)?(>=|<=|>|<|=)?\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?:[^\s()"'\\]|\\.)+))/;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let rest = text.trim();
  while (rest) {
    if (rest[0] === "(" || rest[0] === ")") {
      tokens.push({ kind: rest[0] });
      rest = rest.slice(1).trimStart();
      continue;
    }
    if (rest[0] === "-") {
      tokens.push({ kind: "NOT" });
      rest = rest.slice(1);
      continue;
    }
    const word = /^(AND|OR|NOT)(?=[\s()]|$)/.exec(rest);
    if (word) {
      tokens.push({ kind: word[1] === "AND" ? "AND" : word[1] === "OR" ? "OR" : "NOT" });
      rest = rest.slice(word[0].length).trimStart();
      continue;
    }
    const match = TERM.exec(rest);
    if (!match) throw new Error(`cannot read the search query at: ${rest.slice(0, 40)}`);
    const quoted = match[3] ?? match[4];
    const raw = (quoted ?? match[5]).replace(/\\(.)/g, "$1");
    const isPrefix = quoted === undefined && raw.endsWith("*");
    const comparator = match[2];
    tokens.push({
      kind: "term",
      field: match[1] ?? null,
      comparator: comparator === ">" || comparator === ">=" || comparator === "<" || comparator === "<=" ? comparator : "=",
      value: isPrefix ? raw.slice(0, -1) : raw,
      isPrefix,
    });
    rest = rest.slice(match[0].length).trimStart();
  }
  return tokens;
}

/** Null for an empty query. Throws with the place when it cannot be read. */
export function parseSearch(text: string): SearchNode | null {
  const tokens = tokenize(text);
  if (!tokens.length) return null;
  let at = 0;
  const peek = () => tokens[at]?.kind;
  const parseOr = (): SearchNode => {
    const parts = [parseAnd()];
    while (peek() === "OR") {
      at += 1;
      parts.push(parseAnd());
    }
    return parts.length === 1 ? parts[0] : { kind: "or", parts };
  };
  const parseAnd = (): SearchNode => {
    const parts = [parseUnary()];
    for (let kind = peek(); kind !== undefined && kind !== ")" && kind !== "OR"; kind = peek()) {
      if (kind === "AND") at += 1;
      parts.push(parseUnary());
    }
    return parts.length === 1 ? parts[0] : { kind: "and", parts };
  };
  const parseUnary = (): SearchNode => {
    const token = tokens[at];
    at += 1;
    if (!token) throw new Error("the search query ends too early");
    if (token.kind === "NOT") return { kind: "not", part: parseUnary() };
    if (token.kind === "(") {
      const inner = parseOr();
      if (peek() !== ")") throw new Error("a parenthesis is not closed in the search query");
      at += 1;
      return inner;
    }
    if (token.kind !== "term") throw new Error(`${token.kind} has nothing to stand on in the search query`);
    const { field, comparator, value, isPrefix } = token;
    return field === null ? { kind: "text", value, isPrefix } : { kind: "field", field, comparator, value, isPrefix };
  };
  const tree = parseOr();
  if (at < tokens.length) throw new Error("a parenthesis too many in the search query");
  return tree;
}
