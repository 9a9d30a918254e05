import type { IToken } from "chevrotain";
import type { Span } from "./ast.ts";
import { operatorsOf, parameterOperators, type AttributeSpec, type ParameterSpec } from "./attribute-spec.ts";
import { attributes, findAttribute, type ShopNames } from "./find-attribute.ts";
import { quote } from "./format-query.ts";
import { segmentGrammar } from "./grammar.ts";
import { Identifier, segmentLexer } from "./tokens.ts";

export interface Completion {
  readonly text: string;
  readonly kind: "attribute" | "parameter" | "operator" | "value" | "word";
  /** A line about it; empty for words. */
  readonly about: string;
}

export interface Completions {
  /** Characters that a chosen text replaces: the word being typed. */
  readonly span: Span;
  readonly candidates: readonly Completion[];
}

const dateWords = ["today", "yesterday", "-7d", "-30d", "-90d", "-12m"];

/** What can stand at a position, given the text before it; nothing where that text cannot be read. */
export function completeQuery(text: string, at: number, names: ShopNames): Completions {
  const start = findTyped(text.slice(0, at));
  const typed = text.slice(start, at);
  const { tokens, errors } = segmentLexer.tokenize(text.slice(0, start));
  if (errors.length > 0) return { span: { start, end: at }, candidates: [] };
  const next = segmentGrammar.computeContentAssist("query", tokens);
  const expected = new Set(next.map((path) => path.nextTokenType.name));
  const place = findPlace(tokens, names);
  const isParameter = next.some((path) => path.nextTokenType === Identifier && /parameter$/i.test(path.ruleStack[path.ruleStack.length - 1]));
  const candidates = [
    ...(expected.has("Identifier") ? (isParameter ? parameterNames(place.attribute) : attributeNames(names)) : []),
    ...(expected.has("TextLiteral") && expected.has("NumberLiteral") ? values(place, names) : []),
    ...operators(place, expected),
    ...(["And", "Or"] as const).filter((name) => expected.has(name)).map((name) => word(name.toUpperCase())),
  ];
  const sought = typed.toLowerCase();
  const rank = ({ text: candidate }: Completion) => (candidate.toLowerCase().startsWith(sought) ? 0 : candidate.toLowerCase().includes(sought) ? 1 : 2);
  return { span: { start, end: at }, candidates: candidates.filter((candidate) => rank(candidate) < 2).sort((a, b) => rank(a) - rank(b)) };
}

/** Where the word being typed begins: at a quote that is still open, else at the last character that no name holds. */
function findTyped(before: string): number {
  const open = segmentLexer.tokenize(before).errors.find(({ offset }) => before[offset] === "'");
  return open ? open.offset : before.length - (/[A-Za-z0-9_.$:-]*$/.exec(before)?.[0].length ?? 0);
}

interface Place {
  readonly attribute: AttributeSpec | null;
  readonly parameter: ParameterSpec | null;
}

const word = (text: string): Completion => ({ text, kind: "word", about: "" });

/** The attribute, and inside MATCHES the parameter, that the position belongs to: the last names before it. */
function findPlace(tokens: readonly IToken[], names: ShopNames): Place {
  let attribute: AttributeSpec | null = null;
  let parameter: ParameterSpec | null = null;
  for (let index = 0; index < tokens.length; index++) {
    if (tokens[index].tokenType !== Identifier) continue;
    const { image } = tokens[index];
    const inside: ParameterSpec | undefined = attribute?.type === "function" && isInsideList(tokens, index) ? attribute.parameters.find(({ name }) => name === image) : undefined;
    if (inside) parameter = inside;
    else {
      attribute = findAttribute(image, names);
      parameter = null;
    }
  }
  return { attribute, parameter };
}

/** A parameter follows the opening bracket of its function or a comma. */
function isInsideList(tokens: readonly IToken[], index: number): boolean {
  const before = tokens[index - 1]?.tokenType.name;
  if (before === "Comma") return true;
  const opener = tokens[index - 2]?.tokenType.name;
  return before === "LParen" && (opener === "MatchesWord" || opener === "Identifier");
}

function attributeNames({ metafields }: ShopNames): Completion[] {
  const known = attributes.map((spec): Completion => ({ text: spec.name, kind: "attribute", about: spec.about }));
  return [...known, ...[...metafields.keys()].map((text): Completion => ({ text, kind: "attribute", about: "metafield of the customer" }))];
}

function parameterNames(attribute: AttributeSpec | null): Completion[] {
  return attribute?.type === "function" ? attribute.parameters.map(({ name, about }) => ({ text: name, kind: "parameter", about })) : [];
}

function operators({ attribute, parameter }: Place, expected: ReadonlySet<string>): Completion[] {
  if (!expected.has("Comparison") || !expected.has("Between")) return [];
  const allowed = parameter ? parameterOperators(parameter) : attribute ? operatorsOf(attribute) : [];
  return allowed.map((text) => ({ text, kind: "operator", about: "" }));
}

function values({ attribute, parameter }: Place, names: ShopNames): Completion[] {
  const of = parameter ?? attribute;
  if (!of || of.type === "function") return [];
  const texts = (list: readonly string[], about = "") => list.map((text): Completion => ({ text, kind: "value", about }));
  if (of.type === "modifier" || of.type === "date") return texts(dateWords);
  if (of.type === "boolean") return texts(["true", "false"]);
  if (of.name === "segments") return texts(names.segments.map(quote), "segment");
  return of.values ? texts(of.values.map(quote), of.about) : [];
}
