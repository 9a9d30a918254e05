import { BlockStack, Box, Button, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { useNavigate } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { shopifyGroups } from "#app/core/customer-groups.ts";
import { listFilterNames, type CustomerListView, type ListFilterName, type QueryProblemView } from "#app/core/customer-views.ts";
import { lifecycleNames } from "#app/core/prediction-figures.ts";
import { valueTierNames } from "#app/core/prediction-views.ts";
import { readSegmentQuery } from "#app/engine/segments/read-segment-query.ts";
import { SearchForm } from "../frames/search-form.tsx";
import { useFormat } from "../format/format-context.tsx";
import { customersPath } from "./customers-path.ts";
import { useFieldWords } from "./use-field-words.ts";

/** The language is the same in every language. */
const EXAMPLE = "number_of_orders >= 3 AND churn_probability > 0.6";
const ranked: Partial<Record<ListFilterName, readonly string[]>> = { shopifyGroup: shopifyGroups, stage: lifecycleNames, tier: valueTierNames };

/** Search by name, narrow by a choice, or say who in the language of segments. */
export function ListFilters({ list }: { list: CustomerListView }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const navigate = useNavigate();
  const words = useFieldWords(list.clusters);
  return (
    <Box paddingInline="400" paddingBlockEnd="400">
      <BlockStack gap="300">
        <SearchForm path="/app/customers" query={list.query} label={t("search.label")} placeholder={t("search.placeholder")} submit={t("search.submit")} />
        {list.asOfMs === null ? null : (
          <div className="tessera-filter-row">
            {listFilterNames.filter((name) => list.choices[name].length > 1 || list.filters[name]).map((name) => {
              const counts = new Map(list.choices[name].map(({ value, count }) => [value, count]));
              const known = ranked[name]?.filter((value) => (counts.get(value) ?? 0) > 0) ?? [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
              const options = [{ label: t("filter.everyone"), value: "" }, ...known.map((value) => ({ value, label: t("filter.option", { name: words.text(name, value) ?? value, count: format.number(counts.get(value) ?? 0) }) }))];
              return <Select key={name} label={words.title(name)} options={options} value={list.filters[name] ?? ""} onChange={(value) => navigate(customersPath(list, { filters: { ...list.filters, [name]: value }, query: "", page: 1 }))} />;
            })}
          </div>
        )}
        <WhereField list={list} />
      </BlockStack>
    </Box>
  );
}

function WhereField({ list }: { list: CustomerListView }) {
  const { t } = useTranslation("customers");
  const navigate = useNavigate();
  const [text, setText] = useState(list.where);
  const [problems, setProblems] = useState<readonly QueryProblemView[]>(list.problems);
  useEffect(() => setText(list.where), [list.where]);
  useEffect(() => setProblems(list.problems), [list.problems]);
  const show = () => {
    const found = text.trim() === "" ? [] : check(text);
    setProblems(found);
    if (found.length === 0) navigate(customersPath(list, { where: text.trim(), query: "", page: 1 }));
  };
  return (
    <details className="tessera-details" open={list.where !== "" || list.problems.length > 0}>
      <summary>{t("filter.more")}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          show();
        }}
      >
        <BlockStack gap="200">
          <TextField
            label={t("filter.where")}
            labelHidden
            value={text}
            onChange={setText}
            placeholder={EXAMPLE}
            autoComplete="off"
            spellCheck={false}
            monospaced
            multiline
            maxHeight="30vh"
            error={problems.length > 0 ? problems.map(({ message, suggestion }) => `${message}${suggestion ? ` ${t("filter.suggestion", { text: suggestion })}` : ""}`).join("; ") : undefined}
          />
          <InlineStack gap="200" blockAlign="center">
            <Button submit>{t("filter.apply")}</Button>
            {list.where ? <Button variant="plain" onClick={() => navigate(customersPath(list, { where: "", page: 1 }))}>{t("filter.clear")}</Button> : null}
            {list.where && list.problems.length === 0 ? <Text as="span" tone="subdued">{t("filter.found", { count: list.total })}</Text> : null}
          </InlineStack>
        </BlockStack>
      </form>
    </details>
  );
}

/** What can be seen without the shop; names of segments are checked on the server. */
function check(text: string): readonly QueryProblemView[] {
  const read = readSegmentQuery(text, { metafields: new Map(), segments: [] });
  if (read.ok || text.includes("segments") || text.includes("metafields")) return [];
  return read.error.map(({ message, span, suggestion }) => ({ message, from: span.start, to: span.end, suggestion }));
}
