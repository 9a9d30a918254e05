import { BlockStack, Button, Checkbox, InlineStack } from "@shopify/polaris";
import { Form, useNavigation } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowView, OverlapView } from "#app/core/segment-studio-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { PageFrame } from "../frames/page-frame.tsx";
import { SectionCard } from "../frames/section-card.tsx";
import { GroupFlow } from "./group-flow.tsx";
import { PeriodForm } from "./period-form.tsx";
import { UpsetPicture } from "./upset-picture.tsx";
import "./studio/segment-studio.css";

export interface ComparePageProps {
  readonly choices: readonly { readonly id: string; readonly name: string; readonly isChosen: boolean }[];
  readonly overlap: OverlapView;
  readonly period: { readonly from: string; readonly to: string };
  readonly flows: readonly FlowView[];
}

const MOST_CHOSEN = 10;

/** How segments overlap now, and how customers moved between RFM groups. */
export function ComparePage({ choices, overlap, period, flows }: ComparePageProps) {
  const { t } = useTranslation("segmentAnswers");
  const navigation = useNavigation();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(choices.filter(({ isChosen }) => isChosen).map(({ id }) => id)));
  const toggle = (id: string, isOn: boolean) => setChosen((before) => new Set(isOn ? [...before, id] : [...before].filter((one) => one !== id)));
  return (
    <PageFrame title={t("compare.title")} back={{ to: "/app/segments", label: t("compare.back") }}>
      <SectionCard title={t("overlap.title")} text={t("overlap.text")}>
        {choices.length < 2 ? <EmptyNote title={t("overlap.empty.title")} text={t("overlap.empty.text")} action={{ label: t("overlap.empty.action"), to: "/app/segments/templates" }} /> : (
          <BlockStack gap="400">
            <Form method="get" action="/app/segments/compare">
              <BlockStack gap="300">
                <fieldset className="tessera-checks">
                  <legend className="tessera-hidden">{t("overlap.choose")}</legend>
                  {choices.map(({ id, name }) => <Checkbox key={id} label={name} name="s" value={id} checked={chosen.has(id)} disabled={!chosen.has(id) && chosen.size >= MOST_CHOSEN} onChange={(isOn) => toggle(id, isOn)} />)}
                </fieldset>
                <InlineStack><Button submit loading={navigation.state === "loading"} disabled={chosen.size === 0}>{t("overlap.show")}</Button></InlineStack>
              </BlockStack>
            </Form>
            <UpsetPicture overlap={overlap} />
          </BlockStack>
        )}
      </SectionCard>
      <SectionCard title={t("flow.title")} text={t("flow.text")}>
        <PeriodForm path="/app/segments/compare" {...period} />
        {flows.length === 0 ? <EmptyNote title={t("flow.empty.title")} text={t("flow.empty.text")} /> : <GroupFlow flows={flows} />}
      </SectionCard>
    </PageFrame>
  );
}
