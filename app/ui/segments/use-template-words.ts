import { useTranslation } from "react-i18next";
import type { SegmentTemplate } from "#app/engine/segments/templates/segment-template.ts";
import { translateOpen } from "../i18n/translate-open.ts";

const ns = "segmentTemplates";
/** Templates of a group take the group's own words. */
const groupKeys = { "shopify-rfm": ["segments", "groups.shopify"], "classic-rfm": ["segments", "groups.classic"], lifecycle: [ns, "lifecycle"], "klaviyo-rfm": [ns, "klaviyo"] } as const;

function keyOf({ key, family, group }: SegmentTemplate): readonly [string, string] {
  if (group !== undefined && (family === "shopify-rfm" || family === "classic-rfm" || family === "lifecycle" || family === "klaviyo-rfm")) {
    const [space, path] = groupKeys[family];
    return [space, `${path}.${group}`];
  }
  return [ns, `words.${key}`];
}

/** Name of a template and the reason to use it. */
export function useTemplateWords(): { name(template: SegmentTemplate): string; reason(template: SegmentTemplate): string } {
  const { t } = useTranslation([ns, "segments"]);
  return {
    name: (template) => translateOpen(t, `${keyOf(template)[1]}.name`, { ns: keyOf(template)[0], defaultValue: template.key }),
    reason: (template) => translateOpen(t, `${keyOf(template)[1]}.${template.group === undefined ? "reason" : "text"}`, { ns: keyOf(template)[0], defaultValue: "" }),
  };
}
