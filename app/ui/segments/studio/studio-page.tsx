import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import type { StudioWords } from "#app/core/segment-studio-views.ts";
import { PageFrame } from "../../frames/page-frame.tsx";
import { SegmentStudio } from "./segment-studio.tsx";

export interface StudioPageProps {
  /** Null for a new segment. */
  readonly segment: { readonly id: string; readonly name: string } | null;
  readonly name: string;
  readonly query: string;
  readonly words: StudioWords;
  readonly failure: Failure | null;
}

export function StudioPage({ segment, ...studio }: StudioPageProps) {
  const { t } = useTranslation("segmentStudio");
  const back = segment ? { to: `/app/segments/${segment.id}`, label: segment.name } : { to: "/app/segments", label: t("segments") };
  return (
    <PageFrame title={segment ? t("page.edit", { name: segment.name }) : t("page.new")} barTitle={t("segments")} back={back} secondaryActions={segment ? undefined : [{ content: t("page.templates"), url: "/app/segments/templates" }]}>
      <SegmentStudio {...studio} key={`${segment?.id ?? "new"} ${studio.query}`} saveLabel={t(segment ? "save.change" : "save.create")} />
    </PageFrame>
  );
}
