import type { FieldNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode, SelectionSetNode } from "graphql";
import { GraphQLError, Kind, getNamedType, getNullableType, isInterfaceType, isListType, isObjectType, parse, validate } from "graphql";

const MAX_CONNECTIONS = 5;
const MAX_DEPTH = 2;

export interface BulkQuery { readonly root: FieldNode; readonly operation: OperationDefinitionNode; readonly fragments: ReadonlyMap<string, FragmentDefinitionNode> }

/** Parses a bulk query and holds it to Shopify's rules; a message for each that it breaks. */
export function checkBulkQuery(schema: GraphQLSchema, text: string): BulkQuery | readonly string[] {
  let document;
  try {
    document = parse(text);
  } catch (error) {
    return [`Invalid bulk query: ${error instanceof GraphQLError ? error.message : String(error)}`];
  }
  const errors = validate(schema, document);
  if (errors.length) return errors.map(({ message }) => `Invalid bulk query: ${message}`);
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operations.length !== 1 || operation.operation !== "query") return ["Bulk queries must be one query operation."];
  if (operation.variableDefinitions?.length) return ["Bulk queries cannot have variables."];
  const roots = operation.selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD);
  const [root] = roots;
  if (roots.length !== 1 || operation.selectionSet.selections.length !== 1) return ["Bulk queries must contain a single top-level field."];
  if (root.name.value === "node" || root.name.value === "nodes") return ["Bulk queries cannot contain the top-level field node or nodes."];
  const fragments = new Map(document.definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [])));
  const queryType = schema.getQueryType();
  const rootType = queryType && getNamedType(queryType.getFields()[root.name.value].type);
  if (!rootType?.name.endsWith("Connection")) return ["Bulk queries must contain at least one connection."];
  const problems: string[] = [];
  let connections = 0;

  const walk = (typeName: string, selectionSet: SelectionSetNode, depth: number, isInList: boolean): boolean => {
    const type = schema.getType(typeName);
    let hasConnection = false;
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) hasConnection = walk(fragment.typeCondition.name.value, fragment.selectionSet, depth, isInList) || hasConnection;
        continue;
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        hasConnection = walk(selection.typeCondition?.name.value ?? typeName, selection.selectionSet, depth, isInList) || hasConnection;
        continue;
      }
      if (!selection.selectionSet || !(isObjectType(type) || isInterfaceType(type))) continue;
      const field = type.getFields()[selection.name.value];
      const inner = getNamedType(field.type);
      if (inner.name.endsWith("Connection")) {
        if (isInList) problems.push("Queries that contain a connection field within a list field are not supported.");
        hasConnection = true;
        enter(inner.name, selection, depth + 1);
      } else {
        hasConnection = walk(inner.name, selection.selectionSet, depth, isInList || isListType(getNullableType(field.type))) || hasConnection;
      }
    }
    return hasConnection;
  };

  const enter = (connection: string, field: FieldNode, depth: number): void => {
    connections += 1;
    if (depth > MAX_DEPTH) problems.push(`Bulk queries cannot contain connections with a nesting depth greater than ${MAX_DEPTH}.`);
    const nodeType = nodeTypeOf(schema, connection);
    const node = nodeType === null ? null : schema.getType(nodeType);
    if (nodeType === null || !isObjectType(node) || !node.getInterfaces().some(({ name }) => name === "Node")) {
      problems.push(`Bulk queries cannot contain connections whose nodes do not implement Node: ${field.name.value}.`);
      return;
    }
    const sets = nodeSelections(field);
    if (!sets.length) problems.push(`The connection ${field.name.value} must select edges { node } or nodes.`);
    const hasNested = sets.map((set) => walk(nodeType, set, depth, false)).some(Boolean);
    const selectsId = sets.some((set) => set.selections.some((entry) => entry.kind === Kind.FIELD && entry.name.value === "id" && !entry.alias));
    if (hasNested && !selectsId) problems.push(`The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${field.name.value}.`);
  };

  enter(rootType.name, root, 0);
  if (connections > MAX_CONNECTIONS) problems.push(`Bulk queries cannot contain more than ${MAX_CONNECTIONS} connections.`);
  return problems.length ? [...new Set(problems)] : { root, operation, fragments };
}

export function nodeTypeOf(schema: GraphQLSchema, connection: string): string | null {
  const type = schema.getType(connection);
  if (!isObjectType(type)) return null;
  const fields = type.getFields();
  if (fields["nodes"]) return getNamedType(fields["nodes"].type).name;
  const edge = fields["edges"] && getNamedType(fields["edges"].type);
  return isObjectType(edge) ? getNamedType(edge.getFields()["node"].type).name : null;
}

/** Selection sets of a connection's nodes, by edges { node } and by nodes. */
export function nodeSelections(connection: FieldNode): SelectionSetNode[] {
  const fieldsOf = (set: SelectionSetNode | undefined) => (set?.selections ?? []).filter((selection) => selection.kind === Kind.FIELD);
  return fieldsOf(connection.selectionSet).flatMap((field) => {
    if (field.name.value === "nodes") return field.selectionSet ?? [];
    return field.name.value === "edges" ? fieldsOf(field.selectionSet).flatMap((inner) => (inner.name.value === "node" ? (inner.selectionSet ?? []) : [])) : [];
  });
}
