import type { FieldNode, FragmentDefinitionNode, GraphQLObjectType, GraphQLSchema, SelectionSetNode } from "graphql";
import { Kind, getArgumentValues, getNamedType, isInterfaceType, isLeafType, isObjectType, isUnionType } from "graphql";
import type { AdminSchema } from "#dev-store/admin-api/admin-schema.ts";
import type { Api, Args } from "#dev-store/admin-api/field-types.ts";
import { readField } from "#dev-store/admin-api/field-types.ts";
import { Page, UNBOUNDED } from "#dev-store/admin-api/paging.ts";
import type { BulkQuery } from "./check-bulk-query.ts";
import { nodeSelections, nodeTypeOf } from "./check-bulk-query.ts";

/** Rows of the root connection read at a time; also how long the process is busy between two breaths. */
export const CHUNK = 500;

/** Why a walk cannot be made at all, e.g. a scope that the app lacks. */
export class BulkAccessDenied extends Error {}

interface Step {
  readonly key: string;
  readonly read: (source: unknown, args: Args, api: Api) => unknown;
  readonly args: Args;
  /** Leaf, an object to go into, or a connection whose nodes become lines of their own. */
  readonly inner: { readonly kind: "leaf" } | { readonly kind: "object"; readonly typeName: string; readonly sets: readonly SelectionSetNode[]; readonly plans: Map<string, Plan> } | { readonly kind: "connection"; readonly plan: Plan };
}
interface Plan { readonly steps: readonly Step[]; readonly readId: (source: unknown, args: Args, api: Api) => unknown }

export interface BulkChunk { readonly roots: readonly string[]; readonly children: readonly string[]; readonly grouped: readonly string[] }

/**
 * Walks a bulk query with the same fields as the ordinary API, but by a plan made once: per object it only reads and
 * copies, which is several times faster than graphql-js for hundreds of thousands of objects.
 */
export function createWalker(admin: AdminSchema, query: BulkQuery, scopes: ReadonlySet<string>): (api: Api, groupObjects: boolean) => Generator<BulkChunk> {
  const { schema, table, access } = admin;

  /** Plan of a connection's nodes; the scope may hang on the nodes' type alone. */
  const planNodes = (connection: string, fields: readonly FieldNode[]): Plan => {
    const nodeType = nodeTypeOf(schema, connection) ?? "";
    const missing = access.missingFor(scopes, connection, "nodes", nodeType);
    if (missing !== null) throw new BulkAccessDenied(`${connection}: ${missing}`);
    return planFor(nodeType, fields.flatMap(nodeSelections));
  };

  const planFor = (typeName: string, sets: readonly SelectionSetNode[]): Plan => {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`${typeName} is no object type`);
    const fields = new Map<string, FieldNode[]>();
    for (const set of sets) collect(schema, type, set, query.fragments, fields);
    const steps: Step[] = [];
    for (const [key, nodes] of fields) {
      const [node] = nodes;
      if (node.name.value === "__typename") {
        steps.push({ key, read: () => typeName, args: {}, inner: { kind: "leaf" } });
        continue;
      }
      const definition = type.getFields()[node.name.value];
      const returns = getNamedType(definition.type);
      const missing = access.missingFor(scopes, typeName, definition.name, returns.name);
      if (missing !== null) throw new BulkAccessDenied(`${typeName}.${definition.name}: ${missing}`);
      const read = readField(table, typeName, definition.name);
      const args = getArgumentValues(definition, node);
      const innerSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (isLeafType(returns)) steps.push({ key, read, args, inner: { kind: "leaf" } });
      else if (returns.name.endsWith("Connection")) {
        steps.push({ key, read, args: { ...args, [UNBOUNDED]: true, first: Infinity, last: null, after: null, before: null }, inner: { kind: "connection", plan: planNodes(returns.name, nodes) } });
      } else {
        const inner = { kind: "object" as const, typeName: returns.name, sets: innerSets, plans: new Map<string, Plan>() };
        // Planned now where the type is certain, so that a missing scope fails the operation before its first row.
        if (isObjectType(returns)) inner.plans.set(returns.name, planFor(returns.name, innerSets));
        steps.push({ key, read, args, inner });
      }
    }
    return { steps, readId: readField(table, typeName, "id") };
  };

  const innerPlan = (inner: Extract<Step["inner"], { kind: "object" }>, value: object): Plan => {
    const actual = "__typename" in value && !isObjectType(schema.getType(inner.typeName)) ? String(value.__typename) : inner.typeName;
    let plan = inner.plans.get(actual);
    if (!plan) inner.plans.set(actual, (plan = planFor(actual, inner.sets)));
    return plan;
  };

  const copy = (source: unknown, plan: Plan, api: Api, out: Record<string, unknown>, children: string[]): Record<string, unknown> => {
    for (const { key, read, args, inner } of plan.steps) {
      const value = read(source, args, api);
      if (inner.kind === "connection") {
        if (!(value instanceof Page)) continue;
        const parentId = String(plan.readId(source, {}, api));
        for (const node of value.nodes) addLine(node, inner.plan, api, parentId, children, children);
      } else if (inner.kind === "leaf" || value === null || value === undefined) out[key] = value ?? null;
      else if (Array.isArray(value)) out[key] = value.map((entry: unknown) => (typeof entry === "object" && entry !== null ? copy(entry, innerPlan(inner, entry), api, {}, children) : null));
      else if (typeof value === "object") out[key] = copy(value, innerPlan(inner, value), api, {}, children);
    }
    return out;
  };

  const addLine = (source: unknown, plan: Plan, api: Api, parentId: string | null, into: string[], children: string[]): void => {
    const below: string[] = [];
    const out = copy(source, plan, api, {}, below);
    if (parentId !== null) out["__parentId"] = parentId;
    into.push(JSON.stringify(out));
    for (const line of below) children.push(line);
  };

  const queryType = schema.getQueryType();
  if (!queryType) throw new Error("the schema has no queries");
  const field = queryType.getFields()[query.root.name.value];
  const connection = getNamedType(field.type).name;
  const missing = access.missingFor(scopes, queryType.name, field.name, connection);
  if (missing !== null) throw new BulkAccessDenied(`${field.name}: ${missing}`);
  const plan = planNodes(connection, [query.root]);
  const readRoot = readField(table, queryType.name, field.name);
  const rootArgs = getArgumentValues(field, query.root);

  return function* walk(api, groupObjects) {
    for (let after: string | null = null; ; ) {
      const page = readRoot(null, { ...rootArgs, [UNBOUNDED]: true, first: CHUNK, last: null, before: null, after }, api);
      if (!(page instanceof Page)) throw new Error(`not simulated: bulk query of ${field.name}`);
      const roots: string[] = [];
      const children: string[] = [];
      const grouped: string[] = [];
      for (const node of page.nodes) {
        if (groupObjects) addLine(node, plan, api, null, grouped, grouped);
        else addLine(node, plan, api, null, roots, children);
      }
      yield { roots: groupObjects ? page.nodes.map(() => "") : roots, children, grouped };
      if (!page.hasNextPage) return;
      after = page.pageInfo.endCursor;
    }
  };
}

function collect(schema: GraphQLSchema, type: GraphQLObjectType, set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>, into: Map<string, FieldNode[]>): void {
  const applies = (condition: string | undefined): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const abstract = schema.getType(condition);
    return (isInterfaceType(abstract) || isUnionType(abstract)) && schema.isSubType(abstract, type);
  };
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      into.set(key, [...(into.get(key) ?? []), selection]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      if (applies(selection.typeCondition?.name.value)) collect(schema, type, selection.selectionSet, fragments, into);
    } else {
      const fragment = fragments.get(selection.name.value);
      if (fragment && applies(fragment.typeCondition.name.value)) collect(schema, type, fragment.selectionSet, fragments, into);
    }
  }
}
