import type { DocumentNode, FieldNode, GraphQLSchema, OperationDefinitionNode, SelectionSetNode } from "graphql";
import { Kind, getNamedType, isCompositeType, isInterfaceType, isObjectType, valueFromASTUntyped } from "graphql";

const MUTATION_COST = 10;

/**
 * Weight of a connection's page. Shopify publishes no formula; a measured query (product { variants(first: 250) { nodes {
 * inventoryItem { id } } } } asks for 25 points) shows that it grows like the logarithm: 1 + 2 + 11 * 2.
 */
export function pageWeight(size: number): number {
  return size <= 0 ? 0 : Math.max(1, Math.min(size, Math.floor(2 * Math.log(size))));
}

/** Size of a connection: asked for, or really there when `data` is the answer. */
type Sizes = { readonly kind: "asked"; readonly variables: Readonly<Record<string, unknown>> } | { readonly kind: "answered" };

/** Points of an operation: an object 1, a scalar 0, a mutation 10, a connection 2 plus its page's weight times its node. */
export function costOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, sizes: Sizes, data?: unknown): number {
  const fragments = new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet] as const] : [])));

  const costOfSet = (typeName: string, set: SelectionSetNode, value: unknown): number => {
    let cost = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) cost += costOfSet(selection.typeCondition?.name.value ?? typeName, selection.selectionSet, value);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        const definition = document.definitions.find((entry) => entry.kind === Kind.FRAGMENT_DEFINITION && entry.name.value === selection.name.value);
        if (fragment && definition?.kind === Kind.FRAGMENT_DEFINITION) cost += costOfSet(definition.typeCondition.name.value, fragment, value);
      } else cost += costOfField(typeName, selection, value);
    }
    return cost;
  };

  const costOfField = (typeName: string, field: FieldNode, parent: unknown): number => {
    const type = schema.getType(typeName);
    if (!field.selectionSet || !(isObjectType(type) || isInterfaceType(type))) return 0;
    const definition = type.getFields()[field.name.value];
    const inner = definition && getNamedType(definition.type);
    if (!inner || !isCompositeType(inner)) return 0;
    const isAnswered = sizes.kind === "answered";
    const value = isAnswered ? valueAt(parent, field) : undefined;
    if (isAnswered && (value === null || value === undefined)) return 0;
    // Money, edges and page info are parts of their owner.
    if (inner.name.endsWith("Edge") || inner.name === "PageInfo" || /^(MoneyBag|MoneyV2|UserError|.*UserError)$/.test(inner.name)) return costOfSet(inner.name, field.selectionSet, value);
    if (inner.name.endsWith("Connection")) {
      const size = isAnswered ? nodeCount(value) : pageSize(field, sizes.variables);
      const perNode = connectionNodes(field).reduce((sum, set) => sum + 1 + costOfSet(connectionNodeType(schema, inner.name), set, isAnswered ? firstNode(value) : undefined), 0);
      return 2 + pageWeight(size) * perNode;
    }
    if (Array.isArray(value)) return value.reduce((sum: number, entry: unknown) => sum + 1 + costOfSet(inner.name, field.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] }, entry), 0);
    return 1 + costOfSet(inner.name, field.selectionSet, value);
  };

  const root = operation.operation === "mutation" ? schema.getMutationType() : schema.getQueryType();
  if (!root) return 0;
  if (operation.operation === "mutation") return MUTATION_COST * operation.selectionSet.selections.length;
  return costOfSet(root.name, operation.selectionSet, data);
}

const valueAt = (parent: unknown, field: FieldNode): unknown => {
  const key = field.alias?.value ?? field.name.value;
  return typeof parent === "object" && parent !== null && key in parent ? (parent as Record<string, unknown>)[key] : undefined;
};

const fieldsOf = (set: SelectionSetNode | undefined) => (set?.selections ?? []).filter((selection) => selection.kind === Kind.FIELD);

const connectionNodes = (field: FieldNode): SelectionSetNode[] =>
  fieldsOf(field.selectionSet).flatMap((inner) =>
    inner.name.value === "nodes" ? (inner.selectionSet ?? []) : inner.name.value === "edges" ? fieldsOf(inner.selectionSet).flatMap((edge) => (edge.name.value === "node" ? (edge.selectionSet ?? []) : [])) : [],
  );

function connectionNodeType(schema: GraphQLSchema, connection: string): string {
  const type = schema.getType(connection);
  const edges = isObjectType(type) ? type.getFields()["edges"] : undefined;
  const edge = edges && getNamedType(edges.type);
  return isObjectType(edge) ? getNamedType(edge.getFields()["node"].type).name : "";
}

function pageSize(field: FieldNode, variables: Readonly<Record<string, unknown>>): number {
  for (const argument of field.arguments ?? []) {
    if (argument.name.value !== "first" && argument.name.value !== "last") continue;
    const value = valueFromASTUntyped(argument.value, variables);
    if (typeof value === "number") return value;
  }
  return 0;
}

function nodesIn(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  if ("nodes" in value && Array.isArray(value.nodes)) return value.nodes;
  return "edges" in value && Array.isArray(value.edges) ? value.edges.map((edge: unknown) => (typeof edge === "object" && edge !== null && "node" in edge ? edge.node : edge)) : [];
}
const nodeCount = (value: unknown): number => nodesIn(value).length;
const firstNode = (value: unknown): unknown => nodesIn(value)[0];
