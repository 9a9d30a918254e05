import { BlockStack, Box, Button, InlineStack, Text, TextField } from "@shopify/polaris";
import { useNavigation, useSubmit } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import { FailureBanner } from "../frames/failure-banner.tsx";
import { useFieldErrors } from "../frames/use-field-errors.ts";

interface Props {
  /** In the segment language; null while nothing is chosen. */
  readonly query: string | null;
  readonly suggestedName: string;
  readonly summary: string;
  readonly count: number;
  readonly failure: Failure | null;
  readonly onClear: () => void;
}

/** What is chosen in the grid, and its name: the members are counted again when it is created. */
export function CreateSegment({ query, suggestedName, summary, count, failure, onClear }: Props) {
  const { t } = useTranslation("segments");
  const submit = useSubmit();
  const navigation = useNavigation();
  const [name, setName] = useState(suggestedName);
  const errors = useFieldErrors(failure);
  if (query === null) {
    return (
      <Box padding="300" background="bg-surface-secondary" borderRadius="200">
        <Text as="p" tone="subdued">{t("chosen.nothing")}</Text>
      </Box>
    );
  }
  const create = () => submit(JSON.stringify({ name, query }), { method: "post", action: "/app/segments?index", encType: "application/json" });
  return (
    <Box padding="300" background="bg-surface-secondary" borderRadius="200">
      <BlockStack gap="300">
        <InlineStack align="space-between" gap="200">
          <div role="status"><Text as="p" fontWeight="semibold">{summary}</Text></div>
          <Button variant="plain" onClick={onClear}>{t("chosen.clear")}</Button>
        </InlineStack>
        {failure && failure.kind !== "invalid" ? <FailureBanner failure={failure} /> : null}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            create();
          }}
        >
          <TextField
            label={t("chosen.name")}
            value={name}
            onChange={setName}
            error={errors.get("name") ?? errors.get("query")}
            autoComplete="off"
            maxLength={100}
            connectedRight={<Button submit variant="primary" disabled={count === 0} loading={navigation.state === "submitting"}>{t("chosen.create")}</Button>}
          />
        </form>
      </BlockStack>
    </Box>
  );
}
