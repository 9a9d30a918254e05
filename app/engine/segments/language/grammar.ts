import { EmbeddedActionsParser, type IToken, type ParserMethod } from "chevrotain";
import type { Condition, Expression, Matches, Parameter, Span, Test, Value } from "./ast.ts";
import { legacyParameter } from "./legacy-parameters.ts";
import { readAgo, readComparison, readDayWord, readNumber, readRelative, readText, spanOf, unquote } from "./read-values.ts";
import * as t from "./tokens.ts";

const join = (from: Span, to: Span): Span => ({ start: from.start, end: to.end });

/**
 * query      = [ any ]
 * any        = all { OR all }
 * all        = one { AND one }
 * one        = NOT one | "(" any ")" | condition
 * condition  = name [ "(" text ")" ] test | name [ NOT ] MATCHES "(" [ parameter { "," parameter } ] ")"
 *            | name "(" [ name ":" values { "," … } ] ")" "=" ( true | false )      deprecated
 * parameter  = name test
 * test       = comparison value | BETWEEN value AND value | [ NOT ] IN "(" value { "," value } ")" | [ NOT ] CONTAINS value | IS [ NOT ] NULL
 */
class SegmentGrammar extends EmbeddedActionsParser {
  constructor() {
    super(t.allTokens, { maxLookahead: 3 });
    this.performSelfAnalysis();
  }

  readonly query: ParserMethod<[], Expression> = this.RULE("query", () => {
    let found: Expression = { kind: "and", terms: [], span: { start: 0, end: 0 } };
    this.OPTION(() => {
      found = this.SUBRULE(this.any);
    });
    return found;
  });

  private readonly any: ParserMethod<[], Expression> = this.RULE("any", () => {
    const terms: Expression[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Or, DEF: () => terms.push(this.SUBRULE(this.all)) });
    return this.ACTION((): Expression => (terms.length === 1 ? terms[0] : { kind: "or", terms, span: join(terms[0].span, terms[terms.length - 1].span) }));
  });

  private readonly all: ParserMethod<[], Expression> = this.RULE("all", () => {
    const terms: Expression[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.And, DEF: () => terms.push(this.SUBRULE(this.one)) });
    return this.ACTION((): Expression => (terms.length === 1 ? terms[0] : { kind: "and", terms, span: join(terms[0].span, terms[terms.length - 1].span) }));
  });

  private readonly one: ParserMethod<[], Expression> = this.RULE("one", () =>
    this.OR<Expression>([
      {
        ALT: () => {
          const not = this.CONSUME(t.Not);
          const term = this.SUBRULE(this.one);
          return this.ACTION((): Expression => ({ kind: "not", term, span: join(spanOf(not), term.span) }));
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LParen);
          const inner = this.SUBRULE(this.any);
          this.CONSUME(t.RParen);
          return inner;
        },
      },
      { ALT: () => this.SUBRULE(this.condition) },
    ]),
  );

  private readonly condition: ParserMethod<[], Condition> = this.RULE("condition", () => {
    const name = this.CONSUME(t.Identifier);
    return this.OR<Condition>([
      {
        ALT: () => {
          this.CONSUME1(t.LParen);
          const argument = this.CONSUME(t.TextLiteral);
          this.CONSUME1(t.RParen);
          const test = this.SUBRULE1(this.test);
          return this.ACTION(() => conditionOf(name, unquote(argument.image), test));
        },
      },
      {
        ALT: () => {
          const call = this.SUBRULE(this.deprecatedCall);
          return this.ACTION(() => conditionOf(name, null, call));
        },
      },
      {
        ALT: () => {
          const matches = this.SUBRULE(this.matches);
          return this.ACTION(() => conditionOf(name, null, matches));
        },
      },
      {
        ALT: () => {
          const test = this.SUBRULE2(this.test);
          return this.ACTION(() => conditionOf(name, null, test));
        },
      },
    ]);
  });

  private readonly matches: ParserMethod<[], Matches> = this.RULE("matches", () => {
    const not = this.OPTION(() => this.CONSUME(t.Not));
    const word = this.CONSUME(t.MatchesWord);
    this.CONSUME(t.LParen);
    const parameters: Parameter[] = [];
    this.MANY_SEP({ SEP: t.Comma, DEF: () => parameters.push(this.SUBRULE(this.parameter)) });
    const end = this.CONSUME(t.RParen);
    return this.ACTION((): Matches => ({ kind: "matches", isNegated: not !== undefined, parameters, span: join(spanOf(not ?? word), spanOf(end)) }));
  });

  private readonly parameter: ParserMethod<[], Parameter> = this.RULE("parameter", () => {
    const name = this.CONSUME(t.Identifier);
    const test = this.SUBRULE(this.test);
    return this.ACTION(() => ({ name: name.image, nameSpan: spanOf(name), test }));
  });

  private readonly deprecatedCall: ParserMethod<[], Matches> = this.RULE("deprecatedCall", () => {
    const start = this.CONSUME(t.LParen);
    const parameters: Parameter[] = [];
    this.MANY_SEP({ SEP: t.Comma, DEF: () => parameters.push(this.SUBRULE(this.deprecatedParameter)) });
    this.CONSUME(t.RParen);
    const operator = this.CONSUME(t.Comparison);
    const word = this.CONSUME(t.BooleanWord);
    return this.ACTION((): Matches => {
      const isNegated = (word.image.toLowerCase() === "true") !== (operator.image === "=");
      return { kind: "matches", isNegated, parameters, span: join(spanOf(start), spanOf(word)) };
    });
  });

  private readonly deprecatedParameter: ParserMethod<[], Parameter> = this.RULE("deprecatedParameter", () => {
    const name = this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    const values = this.OR<Value[]>([{ ALT: () => this.SUBRULE(this.list) }, { ALT: () => [this.SUBRULE(this.value)] }]);
    return this.ACTION(() => legacyParameter(name.image, spanOf(name), values));
  });

  private readonly list: ParserMethod<[], Value[]> = this.RULE("list", () => {
    this.CONSUME(t.LParen);
    const values: Value[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => values.push(this.SUBRULE(this.value)) });
    this.CONSUME(t.RParen);
    return values;
  });

  private readonly test: ParserMethod<[], Test> = this.RULE("test", () =>
    this.OR<Test>([
      {
        ALT: () => {
          const operator = this.CONSUME(t.Comparison);
          const value = this.SUBRULE1(this.value);
          return this.ACTION((): Test => ({ kind: "compare", operator: readComparison(operator), value, span: join(spanOf(operator), value.span) }));
        },
      },
      {
        ALT: () => {
          const between = this.CONSUME(t.Between);
          const low = this.SUBRULE2(this.value);
          this.CONSUME(t.And);
          const high = this.SUBRULE3(this.value);
          return this.ACTION((): Test => ({ kind: "between", low, high, span: join(spanOf(between), high.span) }));
        },
      },
      {
        ALT: () => {
          const is = this.CONSUME(t.Is);
          const not = this.OPTION1(() => this.CONSUME1(t.Not));
          const end = this.CONSUME(t.Null);
          return this.ACTION((): Test => ({ kind: "null", isNegated: not !== undefined, span: join(spanOf(is), spanOf(end)) }));
        },
      },
      {
        ALT: () => {
          const not = this.OPTION2(() => this.CONSUME2(t.Not));
          return this.OR1<Test>([
            {
              ALT: () => {
                const word = this.CONSUME(t.In);
                const values = this.SUBRULE(this.list);
                const isNegated = not !== undefined;
                return this.ACTION((): Test => ({ kind: "in", isNegated, values, span: join(spanOf(not ?? word), values[values.length - 1].span) }));
              },
            },
            {
              ALT: () => {
                const word = this.CONSUME(t.Contains);
                const value = this.SUBRULE4(this.value);
                const isNegated = not !== undefined;
                return this.ACTION((): Test => ({ kind: "contains", isNegated, value, span: join(spanOf(not ?? word), value.span) }));
              },
            },
          ]);
        },
      },
    ]),
  );

  private readonly value: ParserMethod<[], Value> = this.RULE("value", () =>
    this.OR<Value>([
      { ALT: () => readText(this.CONSUME(t.TextLiteral)) },
      { ALT: () => readNumber(this.CONSUME(t.NumberLiteral)) },
      { ALT: () => readRelative(this.CONSUME(t.Relative)) },
      { ALT: () => readAgo(this.CONSUME(t.Ago)) },
      { ALT: () => readDayWord(this.CONSUME(t.DayWord)) },
      { ALT: () => asWritten("day", this.CONSUME(t.Day)) },
      { ALT: () => asWritten("instant", this.CONSUME(t.Instant)) },
      { ALT: () => booleanOf(this.CONSUME(t.BooleanWord)) },
    ]),
  );
}

function conditionOf(name: IToken, argument: string | null, test: Test | Matches): Condition {
  const attributeSpan = spanOf(name);
  return { kind: "condition", attribute: name.image, argument, attributeSpan, test, span: join(attributeSpan, test.span) };
}

const asWritten = (kind: "day" | "instant", token: IToken): Value => ({ kind, value: token.image, span: spanOf(token) });
const booleanOf = (token: IToken): Value => ({ kind: "boolean", value: token.image.toLowerCase() === "true", span: spanOf(token) });

/** Holds the input of one parse at a time; a parse is synchronous, so one instance serves all. */
export const segmentGrammar = new SegmentGrammar();
