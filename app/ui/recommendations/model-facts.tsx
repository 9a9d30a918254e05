import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { evaluationFamilies } from "#app/core/recommendation-tasks.ts";
import type { EvaluationView } from "#app/core/studio-views.ts";
import { SectionCard } from "../frames/section-card.tsx";
import { useFormat } from "../format/format-context.tsx";
import { TableAlternative } from "../charts/table-alternative.tsx";
import { useMemberName } from "./use-member-name.ts";

/** The model card: what was used, over which days, what each member needs, and from what the run can be repeated. */
export function ModelFacts({ run }: { run: NonNullable<EvaluationView["run"]> }) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  const name = useMemberName();
  const { card } = run;
  const report = card.outcome?.kind === "report" ? card.outcome.report : null;
  return (
    <SectionCard title={t("card.title")} text={t("card.text")}>
      <BlockStack gap="300">
        {report ? <Text as="p">{t(evaluationFamilies[report.task] === "orders" ? "card.usedOrders" : "card.used", { customers: format.number(report.counts.customers), products: format.number(report.counts.products), purchases: format.number(report.counts.purchases), from: format.day(report.window.firstMs), to: format.day(report.window.testFromMs) })}</Text> : null}
        <details className="tessera-details">
          <summary>{t("card.details")}</summary>
          <dl className="tessera-facts is-compact">
            <dt>{t("card.member")}</dt><dd>{card.champion.member}</dd>
            <dt>{t("card.parameters")}</dt><dd>{JSON.stringify(card.champion.parameters)}</dd>
            <dt>{t("card.servedAs")}</dt><dd>{t(`card.served.${card.champion.servedAs}`)}</dd>
            <dt>{t("card.since")}</dt><dd>{format.dateTime(card.champion.sinceMs)}</dd>
            {card.challenger ? <><dt>{t("card.challenger")}</dt><dd>{name(card.challenger.member)} ({format.number(card.challenger.ndcg, 3)})</dd></> : null}
            {card.before ? <><dt>{t("card.before")}</dt><dd>{name(card.before.member)} ({format.number(card.before.ndcg, 3)})</dd></> : null}
            <dt>{t("card.fingerprint")}</dt><dd>{run.fingerprint}</dd>
            <dt>{t("card.seed")}</dt><dd>{String(report?.seed ?? "–")}</dd>
            <dt>{t("card.seconds")}</dt><dd>{format.number(run.seconds, 1)}</dd>
            {report ? <><dt>{t("card.validation")}</dt><dd>{format.day(report.window.validationFromMs)} – {format.day(report.window.testFromMs)}</dd><dt>{t("card.test")}</dt><dd>{format.day(report.window.testFromMs)} – {format.day(report.window.lastMs)}</dd></> : null}
          </dl>
        </details>
        {report ? (
          <TableAlternativeTitled title={t("needs.title")} headings={[t("bars.model"), t("needs.wants"), t("needs.state")]} rows={report.members.map((member) => [
            name(member.name), member.needs.map(({ what, need, have }) => t("needs.line", { what: t(`needs.${what}`), need: format.number(need), have: format.number(have) })).join("; ") || "–", t(`states.${member.state}`),
          ])} />
        ) : null}
      </BlockStack>
    </SectionCard>
  );
}

function TableAlternativeTitled({ title, headings, rows }: { title: string; headings: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    <div>
      <Text as="h3" variant="headingSm">{title}</Text>
      <TableAlternative caption={title} headings={headings} rows={rows} />
    </div>
  );
}
