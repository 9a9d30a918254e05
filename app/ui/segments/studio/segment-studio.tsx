import { BlockStack, Button, InlineStack, Text, TextField } from "@shopify/polaris";
import { Form, useNavigation } from "@remix-run/react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import type { StudioWords } from "#app/core/segment-studio-views.ts";
import { scalarTypes } from "#app/engine/segments/language/attribute-spec.ts";
import type { ShopNames } from "#app/engine/segments/language/find-attribute.ts";
import { FailureBanner } from "../../frames/failure-banner.tsx";
import { SectionCard } from "../../frames/section-card.tsx";
import { useFieldErrors } from "../../frames/use-field-errors.ts";
import { PhraseBox } from "./phrase-box.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { QueryBuilder } from "./query-builder.tsx";
import { QueryText } from "./query-text.tsx";
import { useQueryDraft } from "./use-query-draft.ts";
import { usePreview } from "./use-preview.ts";
import "./segment-studio.css";

interface Props {
  readonly name: string;
  readonly query: string;
  readonly words: StudioWords;
  readonly failure: Failure | null;
  readonly saveLabel: string;
}

/** Sentence, conditions and text of one query beside a live picture of whom it holds for. */
export function SegmentStudio({ name: initialName, query, words, failure, saveLabel }: Props) {
  const { t } = useTranslation("segmentStudio");
  const navigation = useNavigation();
  const names = useMemo(() => toShopNames(words), [words]);
  const draft = useQueryDraft(query, names);
  const live = usePreview(draft.text, draft.problems.length === 0);
  const [name, setName] = useState(initialName);
  const errors = useFieldErrors(failure);
  const knownOf = useMemo(() => knownNames(words), [words]);
  const queryError = errors.get("query");
  return (
    <div className="tessera-columns is-main-aside">
      <BlockStack gap="400">
        <PhraseBox initial="" onQuery={draft.setText} />
        <SectionCard title={t("builder.title")} text={t("builder.text")}>
          {draft.isReadable ? null : <Text as="p" tone="caution">{t("builder.waiting")}</Text>}
          <QueryBuilder tree={draft.tree} onChange={draft.setTree} names={names} knownOf={knownOf} isDisabled={!draft.isReadable} />
        </SectionCard>
        <Form method="post">
          <BlockStack gap="400">
            <SectionCard title={t("text.title")} text={t("text.help")}>
              <QueryText text={draft.text} names={names} problems={draft.problems} onChange={draft.setText} />
              {queryError ? <Text as="p" tone="critical">{queryError}</Text> : null}
            </SectionCard>
            <SectionCard title={t("save.title")}>
              {failure && failure.kind !== "invalid" ? <FailureBanner failure={failure} /> : null}
              <TextField label={t("save.name")} name="name" value={name} onChange={setName} error={errors.get("name")} autoComplete="off" maxLength={100} />
              <InlineStack align="end">
                <Button submit variant="primary" loading={navigation.state === "submitting"} disabled={draft.problems.length > 0}>{saveLabel}</Button>
              </InlineStack>
            </SectionCard>
          </BlockStack>
        </Form>
      </BlockStack>
      <PreviewPanel {...live} />
    </div>
  );
}

export function toShopNames({ metafields, segments }: Pick<StudioWords, "metafields" | "segments">): ShopNames {
  return { segments, metafields: new Map(metafields.flatMap(([name, type]) => scalarTypes.filter((known) => known === type).map((known) => [name, known] as const))) };
}

/** The shop's own values that an attribute or a parameter can be compared with. */
function knownNames(words: StudioWords): (name: string) => readonly string[] {
  return (name) => {
    if (/product_type$/.test(name) || name === "category_affinity") return words.productTypes;
    if (/vendor$/.test(name)) return words.vendors;
    if (/(^|_)tag$/.test(name)) return words.productTags;
    if (name === "customer_tags") return words.customerTags;
    if (name === "customer_countries") return words.countries;
    return name === "segments" ? words.segments : [];
  };
}
