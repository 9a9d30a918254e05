import type { Snapshot } from "../../snapshot/snapshot.ts";
import type { Condition, Expression } from "../language/ast.ts";
import { formatCondition, formatQuery } from "../language/format-query.ts";
import { andBits, countBits, emptyBitmap, fullBitmap, listBits, minusBits, orBits, selectRows, type Bitmap } from "./bitmap.ts";
import { evaluateClause, type Clause, type ClauseContext, type NoData } from "./clause.ts";
import type { ExtraColumns } from "./columns.ts";
import { compileClause } from "./compile-clause.ts";
import { PackedOrders } from "./packed-orders.ts";
import { ShopColumns } from "./shop-columns.ts";

/** Kleene's three values over all customers: yes, not known for want of data, and no for the rest. */
export interface Ternary {
  readonly yes: Bitmap;
  /** Null when everything is known. Never overlaps `yes`. */
  readonly unknown: Bitmap | null;
}

export interface MissingData {
  readonly condition: string;
  /** Attribute or parameter without data. */
  readonly what: string;
}

export interface Evaluation {
  /** Kept for other queries too: not to be changed. */
  readonly members: Bitmap;
  readonly count: number;
  /** Customers who may be members once the missing data is there. */
  readonly undecided: number;
  readonly missing: readonly MissingData[];
}

export interface EvaluatorOptions {
  readonly extra?: ExtraColumns;
  /** Expression of a segment by its name, for `segments CONTAINS '…'`; null when there is none. */
  readonly findSegment?: (name: string) => Expression | null;
  /** Results kept for other queries; each takes a bit per customer. */
  readonly mostKept?: number;
}

export type BoundCondition =
  | { readonly kind: "clause"; readonly clause: Clause; readonly isNegated: boolean }
  | { readonly kind: "segment"; readonly expression: Expression; readonly isNegated: boolean }
  | NoData;

/** Below this share of the customers, an expensive clause is asked of the remaining candidates alone. */
const FEW = 1 / 16;
const PROBES = 128;

/** Answers queries over one snapshot and keeps what they have in common; queries have passed the checker. */
export class SegmentEvaluator {
  readonly columns: ShopColumns;
  private readonly context: ClauseContext;
  private readonly count: number;
  private readonly everybody: Bitmap;
  private readonly bound = new Map<string, BoundCondition>();
  private readonly kept = new Map<string, Ternary>();
  /** Segments being resolved, so that one that refers to itself is told, not followed. */
  private readonly open: string[] = [];

  constructor(snapshot: Snapshot, private readonly options: EvaluatorOptions = {}) {
    this.columns = new ShopColumns(snapshot, options.extra);
    this.context = { columns: this.columns, orders: new PackedOrders(snapshot), today: snapshot };
    this.count = snapshot.customers.count;
    this.everybody = fullBitmap(this.count);
  }

  evaluate(expression: Expression): Evaluation {
    const missing = new Map<string, string>();
    this.collectMissing(expression, missing);
    const { yes, unknown } = this.solve(expression);
    return {
      members: yes, count: countBits(yes), undecided: unknown ? countBits(unknown) : 0,
      missing: [...missing].map(([condition, what]) => ({ condition, what })),
    };
  }

  /** True or false of one customer, null when not known for want of data. */
  testRow(expression: Expression, row: number): boolean | null {
    switch (expression.kind) {
      case "and":
      case "or": {
        const decisive = expression.kind === "or";
        let answer: boolean | null = !decisive;
        for (const term of expression.terms) {
          const holds = this.testRow(term, row);
          if (holds === decisive) return decisive;
          if (holds === null) answer = null;
        }
        return answer;
      }
      case "not": {
        const holds = this.testRow(expression.term, row);
        return holds === null ? null : !holds;
      }
      case "condition": {
        const bound = this.bind(expression);
        if (bound.kind === "no-data") return null;
        const holds = bound.kind === "clause" ? bound.clause.test(row) : this.within(expression, () => this.testRow(bound.expression, row));
        return holds === null ? null : holds !== bound.isNegated;
      }
    }
  }

  bind(condition: Condition): BoundCondition {
    const key = formatCondition(condition);
    let bound = this.bound.get(key);
    if (!bound) {
      bound = this.bindNew(condition);
      // What a reference to a segment is depends on the segments being resolved around it.
      if (condition.attribute !== "segments") this.bound.set(key, bound);
    }
    return bound;
  }

  private bindNew(condition: Condition): BoundCondition {
    const { test } = condition;
    if (condition.attribute === "segments" && test.kind === "contains" && test.value.kind === "text") {
      const name = test.value.value;
      const expression = this.open.includes(name) ? null : (this.options.findSegment?.(name) ?? null);
      return expression ? { kind: "segment", expression, isNegated: test.isNegated } : { kind: "no-data", what: `segment ${name}` };
    }
    const clause = compileClause(condition, this.context);
    return clause.kind === "no-data" ? clause : { kind: "clause", clause, isNegated: test.kind === "matches" && test.isNegated };
  }

  /** Runs with the segment that the condition names marked as open. */
  within<T>({ test }: Condition, run: () => T): T {
    this.open.push(test.kind === "contains" && test.value.kind === "text" ? test.value.value : "");
    try {
      return run();
    } finally {
      this.open.pop();
    }
  }

  private solve(expression: Expression): Ternary {
    // Inside a segment's own definition a reference may be cut, so nothing found there is kept.
    if (this.open.length > 0) return this.solveNew(expression);
    const key = keyOf(expression);
    const known = this.kept.get(key);
    const answer = known ?? this.solveNew(expression);
    this.kept.delete(key);
    this.kept.set(key, answer);
    // A map keeps the order of insertion, so the first key is the one not used for longest.
    const [oldest] = this.kept.keys();
    if (this.kept.size > (this.options.mostKept ?? 512)) this.kept.delete(oldest);
    return answer;
  }

  private solveNew(expression: Expression): Ternary {
    switch (expression.kind) {
      case "and":
        return this.solveAnd(expression.terms);
      case "or":
        return expression.terms.map((term) => this.solve(term)).reduce(either);
      case "not":
        return this.negate(this.solve(expression.term));
      case "condition": {
        const bound = this.bind(expression);
        if (bound.kind === "no-data") return { yes: emptyBitmap(this.count), unknown: this.everybody };
        const answer = bound.kind === "clause" ? { yes: evaluateClause(bound.clause, this.count), unknown: null } : this.within(expression, () => this.solve(bound.expression));
        return bound.isNegated ? this.negate(answer) : answer;
      }
    }
  }

  /** Cheap and selective first; once few are left, what is expensive is asked of those alone. */
  private solveAnd(terms: readonly Expression[]): Ternary {
    let answer: Ternary = { yes: this.everybody, unknown: null };
    const ranked = terms.map((term) => ({ term, rank: this.rank(term) })).sort((a, b) => a.rank - b.rank);
    for (const { term } of ranked) {
      const possible = answer.unknown ? orBits(answer.yes, answer.unknown) : answer.yes;
      const left = countBits(possible);
      if (left === 0) break;
      answer = both(answer, this.solveAmong(term, possible, left));
    }
    return answer;
  }

  private solveAmong(term: Expression, possible: Bitmap, left: number): Ternary {
    if (term.kind !== "condition" || left > this.count * FEW || this.kept.has(keyOf(term))) return this.solve(term);
    const bound = this.bind(term);
    if (bound.kind !== "clause" || bound.clause.cost < 5) return this.solve(term);
    const { clause, isNegated } = bound;
    return { yes: selectRows(listBits(possible), this.count, (row) => clause.test(row) !== isNegated), unknown: null };
  }

  /** Cost per customer that a clause rules out (Hellerstein & Stonebraker 1993), with the share that passes found by probing. */
  private rank(term: Expression): number {
    if (this.kept.has(keyOf(term))) return 0;
    if (term.kind !== "condition") return 50;
    const bound = this.bind(term);
    if (bound.kind !== "clause") return bound.kind === "no-data" ? 1_000 : 60;
    const { cost } = bound.clause;
    if (cost >= 100 || this.count === 0) return cost;
    let passed = 0;
    for (let probe = 0; probe < PROBES; probe++) {
      const row = Math.floor(((probe + 0.5) * this.count) / PROBES);
      if (bound.clause.test(row) !== bound.isNegated) passed++;
    }
    return cost / (1.01 - passed / PROBES);
  }

  private negate({ yes, unknown }: Ternary): Ternary {
    return { yes: minusBits(this.everybody, unknown ? orBits(yes, unknown) : yes), unknown };
  }

  private collectMissing(expression: Expression, missing: Map<string, string>): void {
    if (expression.kind === "and" || expression.kind === "or") expression.terms.forEach((term) => this.collectMissing(term, missing));
    else if (expression.kind === "not") this.collectMissing(expression.term, missing);
    else {
      const bound = this.bind(expression);
      if (bound.kind === "no-data") missing.set(formatCondition(expression), bound.what);
      if (bound.kind === "segment") this.within(expression, () => this.collectMissing(bound.expression, missing));
    }
  }
}

/** Equal for expressions that differ in the order of their terms alone. */
function keyOf(expression: Expression): string {
  switch (expression.kind) {
    case "and":
    case "or":
      return `${expression.kind}(${expression.terms.map(keyOf).sort().join(",")})`;
    case "not":
      return `not(${keyOf(expression.term)})`;
    case "condition":
      return formatQuery(expression);
  }
}

function both(a: Ternary, b: Ternary): Ternary {
  const yes = andBits(a.yes, b.yes);
  if (!a.unknown && !b.unknown) return { yes, unknown: null };
  return { yes, unknown: minusBits(andBits(possible(a), possible(b)), yes) };
}

function either(a: Ternary, b: Ternary): Ternary {
  const yes = orBits(a.yes, b.yes);
  if (!a.unknown && !b.unknown) return { yes, unknown: null };
  return { yes, unknown: minusBits(orBits(possible(a), possible(b)), yes) };
}

function possible({ yes, unknown }: Ternary): Bitmap {
  return unknown ? orBits(yes, unknown) : yes;
}
