import { BlockStack, Button, InlineStack, Text, TextField } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import type { TranslationView } from "#app/core/segment-studio-views.ts";
import { FailureBanner } from "../../frames/failure-banner.tsx";
import { SectionCard } from "../../frames/section-card.tsx";

interface Props {
  readonly initial: string;
  readonly onQuery: (query: string) => void;
}

/** A sentence becomes a query that can be seen and changed. The rules run on the app's own server; nothing is sent further unless asked. */
export function PhraseBox({ initial, onQuery }: Props) {
  const { t } = useTranslation("segmentStudio");
  const { submit, data, state } = useFetcher<{ translation?: TranslationView; failure?: Failure }>();
  const [phrase, setPhrase] = useState(initial);
  const ask = (withModel: boolean) => submit(JSON.stringify({ phrase, withModel }), { method: "post", action: "/app/segments/translate", encType: "application/json" });
  const translation = data?.translation;
  useEffect(() => {
    if (translation?.query !== undefined && translation.query !== null) onQuery(translation.query);
    // A new answer writes the query once; a changed callback does not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [translation]);
  return (
    <SectionCard title={t("phrase.title")} text={t("phrase.text")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask(false);
        }}
      >
        <TextField
          label={t("phrase.label")} labelHidden value={phrase} onChange={setPhrase} autoComplete="off" maxLength={500} placeholder={t("phrase.placeholder")}
          connectedRight={<Button submit loading={state !== "idle"} disabled={phrase.trim() === ""}>{t("phrase.action")}</Button>}
        />
      </form>
      <FailureBanner failure={data?.failure} />
      <div role="status">{translation ? <Understood translation={translation} /> : null}</div>
      {translation?.canAskModel && translation.by === "rules" && (translation.query === null || translation.ignored.length > 0) ? (
        <InlineStack gap="200" blockAlign="center">
          <Button onClick={() => ask(true)}>{t("phrase.askModel")}</Button>
          <Text as="span" tone="subdued">{t("phrase.askModelText")}</Text>
        </InlineStack>
      ) : null}
    </SectionCard>
  );
}

function Understood({ translation }: { readonly translation: TranslationView }) {
  const { t } = useTranslation("segmentStudio");
  const { understood, ignored, query, by } = translation;
  return (
    <BlockStack gap="200">
      {query === null ? <Text as="p" tone="critical">{t("phrase.nothing")}</Text> : null}
      {by === "model" ? <Text as="p" tone="subdued">{t("phrase.byModel")}</Text> : null}
      {understood.length > 0 ? (
        <dl className="tessera-understood" aria-label={t("phrase.understood")}>
          {understood.map(({ phrase, query: clause }, index) => (
            <div key={index}>
              <dt>{t("phrase.quoted", { phrase })}</dt>
              <dd><code>{clause || t("phrase.everybody")}</code></dd>
            </div>
          ))}
        </dl>
      ) : null}
      {ignored.length > 0 ? <Text as="p" tone="caution">{t("phrase.ignored", { words: ignored.join(t("phrase.separator")) })}</Text> : null}
    </BlockStack>
  );
}
