import type { IRecognitionException, TokenType } from "chevrotain";
import { err, ok, type Result } from "#app/core/result.ts";
import type { Expression } from "./ast.ts";
import { segmentGrammar } from "./grammar.ts";
import type { QueryProblem } from "./problem.ts";
import { spanOf } from "./read-values.ts";
import { Identifier, segmentLexer } from "./tokens.ts";

/** Longer texts are refused before they are read. */
export const LONGEST_QUERY = 50_000;
const DEEPEST_NESTING = 100;

/** Text to expression; the first thing that cannot be read is the only problem told. */
export function parseQuery(text: string): Result<Expression, QueryProblem> {
  if (text.length > LONGEST_QUERY) return err(problem(`A query is at most ${LONGEST_QUERY} characters long`, LONGEST_QUERY, text.length));
  const deepest = findTooDeep(text);
  if (deepest >= 0) return err(problem(`More than ${DEEPEST_NESTING} brackets inside each other`, deepest, deepest + 1));
  const { tokens, errors } = segmentLexer.tokenize(text);
  if (errors.length > 0) return err(explainCharacter(text, errors[0].offset));
  segmentGrammar.input = tokens;
  const expression = segmentGrammar.query();
  const [first] = segmentGrammar.errors;
  return first ? err(explainSyntax(text, first)) : ok(expression);
}

function problem(message: string, start: number, end: number, suggestion: string | null = null): QueryProblem {
  return { message, span: { start, end }, suggestion };
}

function findTooDeep(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "(" && ++depth > DEEPEST_NESTING) return at;
    if (text[at] === ")") depth--;
  }
  return -1;
}

function explainCharacter(text: string, at: number): QueryProblem {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (character === "'") return problem("This quote is never closed; a quote inside text is written \\'", at, text.length);
  if (/["“”‘’`]/.test(character)) return problem("Text stands in straight single quotes: '…'", at, at + 1, "'");
  return problem(`"${character}" has no meaning here`, at, at + character.length);
}

function explainSyntax(text: string, error: IRecognitionException): QueryProblem {
  const { token } = error;
  const isEnd = Number.isNaN(token.startOffset) || token.image === "";
  const end = text.trimEnd().length;
  const span = isEnd ? { start: end, end } : spanOf(token);
  const before = segmentLexer.tokenize(text.slice(0, span.start)).tokens;
  const expected = segmentGrammar.computeContentAssist("query", before).map((path) => path.nextTokenType);
  const found = isEnd ? "the query ends here" : `"${token.image}" is not expected here`;
  const values = expected.some((type) => type.name === "TextLiteral");
  if (!isEnd && values && token.tokenType === Identifier) {
    return { message: "Text stands in single quotes", span, suggestion: `'${token.image}'` };
  }
  const wanted = labels(expected);
  return { message: wanted ? `${found}; expected ${wanted}` : found, span, suggestion: null };
}

function labels(types: readonly TokenType[]): string {
  const names = [...new Set(types.map((type) => type.LABEL ?? type.name))];
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${names[names.length - 1]}` : (names[0] ?? "");
}
