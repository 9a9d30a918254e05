import { Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { RetentionView } from "#app/core/privacy-views.ts";
import { SectionCard } from "../frames/section-card.tsx";

const DAYS_A_YEAR = 365;
const kinds = ["finishedJobs", "appliedWebhooks", "customerExports", "replacedModelRuns", "checkouts", "audit", "afterUninstallHours"] as const;

/** The figures come from the code that deletes, so that this page cannot promise another time. */
export function RetentionRules({ retention }: { retention: RetentionView }) {
  const { t } = useTranslation("privacy");
  const time = (kind: (typeof kinds)[number]) => {
    const count = retention[kind];
    if (kind === "afterUninstallHours") return t("retention.hours", { count });
    return count % DAYS_A_YEAR === 0 ? t("retention.years", { count: count / DAYS_A_YEAR }) : t("retention.days", { count });
  };
  return (
    <SectionCard title={t("retention.title")} text={t("retention.text")}>
      <dl className="tessera-rules">
        {kinds.map((kind) => (
          <div key={kind}>
            <dt>{t(`retention.rules.${kind}.what`)}</dt>
            <dd>
              <Text as="p" fontWeight="medium">{time(kind)}</Text>
              <Text as="p" variant="bodySm" tone="subdued">{t(`retention.rules.${kind}.why`)}</Text>
            </dd>
          </div>
        ))}
      </dl>
      <Text as="p" variant="bodySm" tone="subdued">{t("retention.redacted")}</Text>
    </SectionCard>
  );
}
