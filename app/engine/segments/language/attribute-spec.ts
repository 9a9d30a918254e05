/** Types of the language. A list is a set of texts, a date an instant that is compared by calendar day of the shop. */
export const scalarTypes = ["date", "float", "integer", "text", "enum", "boolean", "list"] as const;
export type ScalarType = (typeof scalarTypes)[number];

/** "shopify": Shopify's editor takes it too; "tessera": ours. */
export type Origin = "shopify" | "tessera";

/** What the number of a value stands for; money is written in the shop's currency, in major units. */
export type Unit = "money" | "share" | "days" | "km";

export interface ScalarSpec {
  readonly type: ScalarType;
  readonly name: string;
  readonly origin: Origin;
  readonly about: string;
  readonly example: string;
  /** Every value of an enum. */
  readonly values?: readonly string[];
  readonly unit?: Unit;
  /** IS NULL can be asked. */
  readonly isNullable?: boolean;
  /** Texts are compared without regard to case (customer tags). */
  readonly isCaseless?: boolean;
  /** In place of those of the type. */
  readonly operators?: readonly string[];
}

export interface ParameterSpec {
  readonly name: string;
  readonly type: Exclude<ScalarType, "list">;
  readonly origin: Origin;
  readonly about: string;
  readonly values?: readonly string[];
  readonly unit?: Unit;
  /** Only "=" makes sense (sizes, seeds, names). */
  readonly isFixed?: boolean;
  readonly isRequired?: boolean;
}

export interface FunctionSpec {
  readonly type: "function";
  readonly name: string;
  readonly origin: Origin;
  readonly about: string;
  readonly example: string;
  readonly parameters: readonly ParameterSpec[];
  readonly isNullable?: boolean;
}

/** `anniversary ('attribute')`: the argument is a date attribute, of which the year is ignored. */
export interface ModifierSpec {
  readonly type: "modifier";
  readonly name: string;
  readonly origin: Origin;
  readonly about: string;
  readonly example: string;
}

export type AttributeSpec = ScalarSpec | FunctionSpec | ModifierSpec;

const ordered = ["=", "!=", ">", ">=", "<", "<=", "BETWEEN"];

/** Operators that Shopify takes for a type. IN and NOT IN on single values are ours, see operatorsOf. */
export const shopifyOperators: Readonly<Record<ScalarType, readonly string[]>> = {
  date: ordered,
  float: ordered,
  integer: ordered,
  text: ["=", "!="],
  enum: ["=", "!="],
  boolean: ["=", "!="],
  list: ["CONTAINS", "NOT CONTAINS"],
};

const setOperators = ["IN", "NOT IN"];
const nullOperators = ["IS NULL", "IS NOT NULL"];

/** Operators that the checker lets through for an attribute, in the order of the documentation. */
export function operatorsOf(spec: AttributeSpec): readonly string[] {
  switch (spec.type) {
    case "function":
      return ["MATCHES", "NOT MATCHES", ...(spec.isNullable ? nullOperators : [])];
    case "modifier":
      return ["=", "BETWEEN", ...nullOperators.slice(0, 1)];
    case "date":
    case "float":
    case "integer":
    case "text":
    case "enum":
    case "boolean":
    case "list":
      return [
        ...(spec.operators ?? shopifyOperators[spec.type]),
        ...(spec.type === "integer" || spec.type === "float" || spec.type === "text" || spec.type === "enum" ? setOperators : []),
        ...(spec.isNullable ? nullOperators : []),
      ];
  }
}

export function parameterOperators(spec: ParameterSpec): readonly string[] {
  if (spec.isFixed) return ["="];
  return spec.type === "boolean" ? ["="] : [...shopifyOperators[spec.type], ...(spec.type === "date" ? [] : setOperators)];
}
