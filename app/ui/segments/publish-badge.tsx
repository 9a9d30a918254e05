import { Badge } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SegmentSummary } from "#app/core/segment-views.ts";

/** Whether Shopify has the segment. */
export function PublishBadge({ segment }: { segment: SegmentSummary }) {
  const { t } = useTranslation("segments");
  if (segment.publishedAtMs === null) return <Badge>{t("publish.status.notYet")}</Badge>;
  if (segment.pendingTags > 0) return <Badge tone="info">{t("publish.status.updating")}</Badge>;
  return <Badge tone="success">{t("publish.status.done")}</Badge>;
}
