import { Badge, BlockStack, Button, Select, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TemplateCount } from "#app/core/segment-studio-views.ts";
import { fillTemplate } from "#app/engine/segments/templates/fill-template.ts";
import { templateFamilies, type SegmentTemplate } from "#app/engine/segments/templates/segment-template.ts";
import { segmentTemplates } from "#app/engine/segments/templates/segment-templates.ts";
import { useFormat } from "../format/format-context.tsx";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { useLanguageWords } from "./studio/use-language-words.ts";
import { useTemplateWords } from "./use-template-words.ts";
import "./studio/segment-studio.css";

export interface TemplatesPageProps {
  readonly counts: Promise<readonly TemplateCount[]>;
  readonly productTypes: readonly string[];
  /** Date metafields that may hold a birthday. */
  readonly birthDates: readonly string[];
  readonly segments: readonly { readonly id: string; readonly name: string }[];
}

/** Queries to begin with, shelf by shelf, each with its size today. */
export function TemplatesPage(props: TemplatesPageProps) {
  const { t } = useTranslation("segmentTemplates");
  const { t: tStudio } = useTranslation("segmentStudio");
  const words = useTemplateWords();
  const [sought, setSought] = useState("");
  const counts = useArrived(props.counts);
  const found = segmentTemplates.filter((template) => `${words.name(template)} ${words.reason(template)} ${template.query}`.toLowerCase().includes(sought.trim().toLowerCase()));
  return (
    <PageFrame title={t("title")} barTitle={tStudio("segments")} back={{ to: "/app/segments", label: tStudio("segments") }} subtitle={t("text")}>
      <div role="search" className="tessera-bare"><TextField label={t("search")} labelHidden placeholder={t("search")} value={sought} onChange={setSought} autoComplete="off" clearButton onClearButtonClick={() => setSought("")} /></div>
      {found.length === 0 ? <EmptyNote title={t("title")} text={t("none")} /> : null}
      {templateFamilies.map((family) => {
        const shelf = found.filter((template) => template.family === family);
        if (shelf.length === 0) return null;
        return (
          <SectionCard key={family} title={t(`families.${family}`)}>
            <ul className="tessera-gallery">
              {shelf.map((template) => <TemplateCard key={template.key} template={template} {...props} count={counts === null ? undefined : (counts.find(({ key }) => key === template.key) ?? null)} />)}
            </ul>
          </SectionCard>
        );
      })}
    </PageFrame>
  );
}

/** Null until it is there. No Suspense on purpose: see customer-names.tsx. */
function useArrived<T>(promise: Promise<T>): T | null {
  const [value, setValue] = useState<T | null>(null);
  useEffect(() => {
    let isCurrent = true;
    promise.then((arrived) => (isCurrent ? setValue(arrived) : undefined), () => undefined);
    return () => {
      isCurrent = false;
    };
  }, [promise]);
  return value;
}

interface CardProps extends TemplatesPageProps {
  readonly template: SegmentTemplate;
  /** Undefined while it is being counted, null when it cannot be. */
  readonly count: TemplateCount | null | undefined;
}

function TemplateCard({ template, count, productTypes, birthDates, segments }: CardProps) {
  const { t } = useTranslation("segmentTemplates");
  const words = useTemplateWords();
  const { choice } = template;
  const options = choice === "segment" ? segments.map(({ id, name }) => ({ value: id, label: name })) : (choice === "birth-date" ? birthDates : choice === "product-type" ? productTypes : []).map((name) => ({ value: name, label: name }));
  const [chosen, setChosen] = useState(options[0]?.value ?? "");
  const query = fillTemplate(template, chosen === "" ? null : chosen);
  const name = words.name(template);
  const params = new URLSearchParams(choice === "segment" ? { like: chosen } : { query: query ?? "", name: choice ? `${name}: ${chosen}` : name });
  const isReady = choice === undefined || chosen !== "";
  return (
    <li>
      <Text as="h3" variant="headingSm">{name}</Text>
      <Text as="p" tone="subdued">{words.reason(template)}</Text>
      {choice && options.length > 0 ? <Select label={t(`choose.${choice}`)} options={options} value={chosen} onChange={setChosen} /> : null}
      {choice === "birth-date" && options.length === 0 ? <Text as="p" tone="caution">{t("needsBirth")}</Text> : null}
      {query ? (
        <details className="tessera-details">
          <summary>{t("query")}</summary>
          <code>{query}</code>
        </details>
      ) : null}
      <div className="tessera-gallery-foot">
        {count === undefined && !choice ? <Text as="span" tone="subdued">{t("counting")}</Text> : <CountMark count={count ?? null} />}
        <Button url={isReady ? `/app/segments/new?${params}` : undefined} disabled={!isReady} accessibilityLabel={t("useNamed", { name })}>{t("use")}</Button>
      </div>
    </li>
  );
}

function CountMark({ count }: { readonly count: TemplateCount | null }) {
  const { t } = useTranslation("segmentTemplates");
  const { t: tStudio } = useTranslation("segmentStudio");
  const format = useFormat();
  const words = useLanguageWords();
  if (!count || count.count === null) return <span />;
  if (count.missing.length > 0) {
    const names = format.list(count.missing.map((name) => words.meaning(name) || name));
    return <BlockStack gap="050" inlineAlign="start"><Badge tone="attention">{tStudio("missing.short")}</Badge><Text as="span" variant="bodySm" tone="subdued">{names}</Text></BlockStack>;
  }
  return <span className="tessera-gallery-count">{t("count", { count: count.count })}</span>;
}
