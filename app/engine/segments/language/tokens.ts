import { createToken, Lexer, type TokenType } from "chevrotain";

/** Attribute and parameter names; dots and dashes occur in `metafields.<namespace>.<key>` and in event names. */
export const Identifier = createToken({ name: "Identifier", pattern: /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_$:-]+)*/, label: "a name" });

const word = (name: string, pattern: RegExp, label = name.toUpperCase()) => createToken({ name, pattern, longer_alt: Identifier, label });
const sign = (name: string, pattern: string) => createToken({ name, pattern, label: `"${pattern}"` });

export const And = word("And", /and/i);
export const Or = word("Or", /or/i);
export const Not = word("Not", /not/i);
export const Between = word("Between", /between/i);
export const In = word("In", /in/i);
export const Contains = word("Contains", /contains/i);
export const Is = word("Is", /is/i);
export const Null = word("Null", /null/i);
export const MatchesWord = word("MatchesWord", /matches/i, "MATCHES");
export const BooleanWord = word("BooleanWord", /true|false/i, "true or false");
export const DayWord = word("DayWord", /today|yesterday/i, "today or yesterday");

export const Instant = createToken({ name: "Instant", pattern: /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/, label: "a date and time" });
export const Day = createToken({ name: "Day", pattern: /\d{4}-\d{2}-\d{2}/, label: "a date" });
/** Deprecated by Shopify in 2026-10; read, never written. */
export const Ago = createToken({ name: "Ago", pattern: /\d+_(?:hour|day|week|month|year)s?_ago/, label: "a number of days ago" });
export const Relative = createToken({ name: "Relative", pattern: /[+-]\d+[hdwmy](?![A-Za-z0-9_])/, label: "a relative date such as -30d" });
export const NumberLiteral = createToken({ name: "NumberLiteral", pattern: /[+-]?\d+(?:\.\d+)?/, label: "a number" });
export const TextLiteral = createToken({ name: "TextLiteral", pattern: /'(?:\\[^]|[^'\\])*'/, line_breaks: true, label: "text in single quotes" });

export const Comparison = createToken({ name: "Comparison", pattern: /!=|>=|<=|>|<|=/, label: "= != > >= < <=" });
export const LParen = sign("LParen", "(");
export const RParen = sign("RParen", ")");
export const Comma = sign("Comma", ",");
export const Colon = sign("Colon", ":");
const Space = createToken({ name: "Space", pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true });

/** The first that matches wins, so what starts alike stands longest first. */
export const allTokens: TokenType[] = [
  Space, Instant, Day, Ago, Relative, NumberLiteral, TextLiteral,
  And, Or, Not, Between, In, Contains, Is, Null, MatchesWord, BooleanWord, DayWord, Identifier,
  Comparison, LParen, RParen, Comma, Colon,
];

export const segmentLexer = new Lexer(allTokens, { positionTracking: "onlyOffset" });
