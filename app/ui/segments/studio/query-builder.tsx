import { Button, InlineStack, Select, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { findAttribute, type ShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { firstCondition, joins, newCondition, newGroup, replaceNode, type BuilderGroup, type BuilderNode, type Join } from "./builder-model.ts";
import { ConditionRow } from "./condition-row.tsx";

export interface BuilderContext {
  readonly names: ShopNames;
  /** The shop's own values for a parameter or attribute: product types, tags, segments. */
  readonly knownOf: (name: string) => readonly string[];
}

interface Props extends BuilderContext {
  readonly tree: BuilderGroup;
  readonly onChange: (tree: BuilderGroup) => void;
  readonly isDisabled: boolean;
}

/** Nested groups of conditions; the same query as the text beside it. */
export function QueryBuilder({ tree, onChange, isDisabled, ...context }: Props) {
  return (
    <fieldset className="tessera-builder" disabled={isDisabled}>
      <GroupBox group={tree} depth={0} onReplace={(next) => onChange(replaceNode(tree, tree.id, next))} context={context} />
    </fieldset>
  );
}

interface GroupProps {
  readonly group: BuilderGroup;
  readonly depth: number;
  readonly context: BuilderContext;
  readonly onReplace: (next: BuilderNode | null) => void;
}

const STARTS_WITH = "number_of_orders";

function GroupBox({ group, depth, context, onReplace }: GroupProps) {
  const { t } = useTranslation("segmentStudio");
  const spec = findAttribute(STARTS_WITH, context.names);
  const change = (nodes: readonly BuilderNode[]) => onReplace({ ...group, nodes });
  const replace = (id: number) => (next: BuilderNode | null) => change(group.nodes.flatMap((node) => (node.id === id ? (next ? [next] : []) : [node])));
  const started = () => (spec ? [newCondition(firstCondition(spec, context.knownOf))] : []);
  return (
    <div role="group" aria-label={t(`builder.join.${group.join}`)} className={depth === 0 ? "tessera-group" : "tessera-group is-inner"}>
      <InlineStack gap="200" blockAlign="center" align="space-between">
        <div className="tessera-group-join">
          <Select
            label={t("builder.joinLabel")} labelHidden value={group.join}
            options={joins.map((join) => ({ value: join, label: t(`builder.join.${join}`) }))}
            onChange={(value) => onReplace({ ...group, join: joins.find((join): join is Join => join === value) ?? "all" })}
          />
        </div>
        {depth > 0 ? <Button variant="tertiary" onClick={() => onReplace(null)} accessibilityLabel={t("builder.removeGroup")}>{t("builder.remove")}</Button> : null}
      </InlineStack>
      {group.nodes.length === 0 ? <Text as="p" tone="subdued">{t(depth === 0 ? "builder.everybody" : "builder.empty")}</Text> : null}
      <ol className="tessera-group-nodes">
        {group.nodes.map((node, index) => (
          <li key={node.id}>
            {index > 0 ? <span className="tessera-group-word" aria-hidden="true">{t(group.join === "all" || group.join === "not-all" ? "builder.and" : "builder.or")}</span> : null}
            {node.kind === "group" ? (
              <GroupBox group={node} depth={depth + 1} context={context} onReplace={replace(node.id)} />
            ) : (
              <ConditionRow condition={node.condition} context={context} onChange={(condition) => replace(node.id)({ ...node, condition })} onRemove={() => replace(node.id)(null)} />
            )}
          </li>
        ))}
      </ol>
      <InlineStack gap="200">
        <Button onClick={() => change([...group.nodes, ...started()])}>{t("builder.addCondition")}</Button>
        <Button variant="tertiary" onClick={() => change([...group.nodes, newGroup(group.join === "all" ? "any" : "all", started())])}>{t("builder.addGroup")}</Button>
      </InlineStack>
    </div>
  );
}
