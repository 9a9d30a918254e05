/**
 * Shopify's customer segment language (WHERE part of ShopifyQL), read on its own so that the app's reading of it is
 * tested against another one. Clauses joined by AND (binds first) and OR, parentheses, at most 10 clauses.
 */
export type SegmentValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "flag"; readonly flag: boolean }
  | { readonly kind: "instant"; readonly text: string }
  | { readonly kind: "date"; readonly year: number; readonly month: number; readonly day: number }
  | { readonly kind: "offset"; readonly amount: number; readonly unit: "d" | "w" | "m" | "y" };

export type CompareOperator = "=" | "!=" | ">" | ">=" | "<" | "<=";

export interface Parameter {
  readonly name: string;
  readonly operator: CompareOperator | "IN" | "NOT IN" | "BETWEEN";
  readonly values: readonly SegmentValue[];
}

export type Clause =
  | { readonly kind: "compare"; readonly attribute: string; readonly operator: CompareOperator; readonly value: SegmentValue }
  | { readonly kind: "between"; readonly attribute: string; readonly low: SegmentValue; readonly high: SegmentValue }
  | { readonly kind: "contains"; readonly attribute: string; readonly isNegated: boolean; readonly value: SegmentValue }
  | { readonly kind: "null"; readonly attribute: string; readonly isNegated: boolean }
  | { readonly kind: "matches"; readonly attribute: string; readonly isNegated: boolean; readonly parameters: readonly Parameter[] };

export type SegmentNode = { readonly kind: "and" | "or"; readonly parts: readonly SegmentNode[] } | Clause;

export class SegmentSyntaxError extends Error {}

export const MAX_CLAUSES = 10;

interface Token { readonly text: string; readonly kind: "word" | "string" | "number" | "date" | "instant" | "offset" | "sign"; readonly at: number }

const PATTERNS: readonly [Token["kind"], RegExp][] = [
  ["string", /'(?:[^'\\]|\\.)*'/y],
  ["instant", /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?/y],
  ["date", /\d{4}-\d{2}-\d{2}/y],
  ["offset", /[+-]\d+[dwmy]\b/y],
  ["word", /\d+_(?:days|weeks|months|years)_ago\b/y],
  ["number", /[+-]?\d+(?:\.\d+)?/y],
  ["word", /[A-Za-z_][\w.]*/y],
  ["sign", /!=|>=|<=|[=<>(),:]/y],
];

function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query[at])) {
      at += 1;
      continue;
    }
    const start = at;
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const match = pattern.exec(query);
      if (!match) continue;
      tokens.push({ text: match[0], kind, at });
      at += match[0].length;
      break;
    }
    if (at === start) throw new SegmentSyntaxError(`Query Line 1 Column ${at}: '${query.slice(at, at + 12)}' is unexpected.`);
  }
  return tokens;
}

const OPERATORS = new Set(["=", "!=", ">", ">=", "<", "<="]);
const isOperator = (text: string): text is CompareOperator => OPERATORS.has(text);

export function parseSegmentQuery(query: string): SegmentNode {
  const tokens = tokenize(query);
  let at = 0;
  let clauses = 0;
  const fail = (expected: string): never => {
    const token = tokens[at];
    throw new SegmentSyntaxError(token ? `Query Line 1 Column ${token.at}: '${token.text}' is unexpected, ${expected} expected.` : `Query ends unexpectedly, ${expected} expected.`);
  };
  const isWord = (word: string, ahead = 0) => tokens[at + ahead]?.kind === "word" && tokens[at + ahead].text.toUpperCase() === word;
  const isSign = (sign: string) => tokens[at]?.kind === "sign" && tokens[at].text === sign;
  const takeWord = (word: string) => (isWord(word) ? ((at += 1), true) : false);
  const takeSign = (sign: string) => (isSign(sign) ? ((at += 1), true) : false);
  const needSign = (sign: string) => takeSign(sign) || fail(`'${sign}'`);

  const parseValue = (): SegmentValue => {
    const token = tokens[at];
    if (!token) return fail("a value");
    at += 1;
    switch (token.kind) {
      case "string": return { kind: "text", text: token.text.slice(1, -1).replace(/\\(.)/g, "$1") };
      case "number": return { kind: "number", number: Number(token.text) };
      case "instant": return { kind: "instant", text: token.text };
      case "date": {
        const [year, month, day] = token.text.split("-").map(Number);
        return { kind: "date", year, month, day };
      }
      case "offset": return readOffset(token.text.slice(0, -1), token.text.slice(-1));
      case "word": {
        const word = token.text.toLowerCase();
        if (word === "today") return { kind: "offset", amount: 0, unit: "d" };
        if (word === "yesterday") return { kind: "offset", amount: -1, unit: "d" };
        if (word === "true" || word === "false") return { kind: "flag", flag: word === "true" };
        const ago = /^(\d+)_(days|weeks|months|years)_ago$/.exec(word);
        if (ago) return readOffset(`-${ago[1]}`, ago[2][0]);
        break;
      }
      case "sign":
        break;
    }
    at -= 1;
    return fail("a value");
  };

  const parseParameters = (separator: "legacy" | "new"): Parameter[] => {
    const parameters: Parameter[] = [];
    if (takeSign(")")) return parameters;
    do {
      const name = tokens[at];
      if (name?.kind !== "word") fail("a parameter");
      at += 1;
      if (separator === "legacy") {
        needSign(":");
        parameters.push({ name: name.text, operator: "=", values: [parseValue()] });
        continue;
      }
      if (takeWord("NOT")) {
        if (!takeWord("IN")) fail("IN");
        parameters.push({ name: name.text, operator: "NOT IN", values: parseList() });
      } else if (takeWord("IN")) {
        parameters.push({ name: name.text, operator: "IN", values: parseList() });
      } else if (takeWord("BETWEEN")) {
        const low = parseValue();
        if (!takeWord("AND")) fail("AND");
        parameters.push({ name: name.text, operator: "BETWEEN", values: [low, parseValue()] });
      } else {
        const operator = tokens[at]?.text ?? "";
        if (!isOperator(operator)) return fail("an operator");
        at += 1;
        parameters.push({ name: name.text, operator, values: [parseValue()] });
      }
    } while (takeSign(","));
    needSign(")");
    return parameters;
  };
  const parseList = (): SegmentValue[] => {
    needSign("(");
    const values = [parseValue()];
    while (takeSign(",")) values.push(parseValue());
    needSign(")");
    return values;
  };

  const parseClause = (): SegmentNode => {
    if (takeSign("(")) {
      const inner = parseOr();
      needSign(")");
      return inner;
    }
    const name = tokens[at];
    if (name?.kind !== "word") return fail("a filter");
    at += 1;
    clauses += 1;
    if (clauses > MAX_CLAUSES) throw new SegmentSyntaxError(`Query cannot have more than ${MAX_CLAUSES} clauses.`);
    const attribute = name.text.toLowerCase();
    if (takeSign("(")) {
      // The form before 2026-10: products_purchased(id: 1) = true
      const parameters = parseParameters("legacy");
      needSign("=");
      const value = parseValue();
      if (value.kind !== "flag") return fail("true or false");
      return { kind: "matches", attribute, isNegated: !value.flag, parameters };
    }
    if (takeWord("IS")) {
      const isNegated = takeWord("NOT");
      if (!takeWord("NULL")) fail("NULL");
      return { kind: "null", attribute, isNegated };
    }
    const isNegated = takeWord("NOT");
    if (takeWord("CONTAINS")) return { kind: "contains", attribute, isNegated, value: parseValue() };
    if (takeWord("MATCHES")) {
      needSign("(");
      return { kind: "matches", attribute, isNegated, parameters: parseParameters("new") };
    }
    if (isNegated) return fail("CONTAINS or MATCHES");
    if (takeWord("BETWEEN")) {
      const low = parseValue();
      if (!takeWord("AND")) fail("AND");
      return { kind: "between", attribute, low, high: parseValue() };
    }
    const operator = tokens[at]?.text ?? "";
    if (!isOperator(operator)) return fail("an operator");
    at += 1;
    return { kind: "compare", attribute, operator, value: parseValue() };
  };
  const joined = (word: "AND" | "OR", parse: () => SegmentNode): SegmentNode => {
    const parts = [parse()];
    while (takeWord(word)) parts.push(parse());
    return parts.length === 1 ? parts[0] : { kind: word === "AND" ? "and" : "or", parts };
  };
  const parseAnd = () => joined("AND", parseClause);
  const parseOr = (): SegmentNode => joined("OR", parseAnd);

  const tree = parseOr();
  if (at < tokens.length) fail("AND or OR");
  return tree;
}

function readOffset(amount: string, unit: string): SegmentValue {
  if (unit !== "d" && unit !== "w" && unit !== "m" && unit !== "y") throw new SegmentSyntaxError(`'${amount}${unit}' is not a date.`);
  return { kind: "offset", amount: Number(amount), unit };
}
