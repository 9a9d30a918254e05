import { Kind, parse, print, visit, type FragmentDefinitionNode, type SelectionNode } from "graphql";

/**
 * The text that bulkOperationRunQuery takes, from one of our documents: a bare selection with its fragments written
 * out, which is the only form Shopify documents for it.
 */
export function bulkQueryText(document: { toString(): string }): string {
  const { definitions } = parse(document.toString());
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error("a bulk document needs one operation");

  const spread = (selection: SelectionNode): readonly SelectionNode[] => {
    if (selection.kind !== Kind.FRAGMENT_SPREAD) return [selection];
    const fragment = fragments.get(selection.name.value);
    if (!fragment) throw new Error(`fragment ${selection.name.value} is not in the document`);
    return fragment.selectionSet.selections.flatMap(spread);
  };
  const plain = visit(operation, { SelectionSet: (set) => ({ ...set, selections: set.selections.flatMap(spread) }) });
  return print({ ...plain, name: undefined });
}
