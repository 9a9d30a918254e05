import { useTranslation } from "react-i18next";
import { translateOpen } from "../i18n/translate-open.ts";

export interface TaskWords {
  /** A kind of job */
  task(kind: string): string;
  /** A topic of Shopify's webhooks */
  news(topic: string): string;
  /** A member of the recommenders */
  member(name: string): string;
  /** What recommenders are compared for */
  evaluation(task: string): string;
}

/** Stored names in the merchant's language; one that a later version wrote is shown as it is. */
export function useTaskWords(): TaskWords {
  const { t } = useTranslation("activity");
  const recommendations = useTranslation("recommendations").t;
  return {
    task: (kind) => translateOpen(t, `kinds.${kind}`, { defaultValue: kind }),
    // A full stop would lead i18next into another level.
    news: (topic) => translateOpen(t, `topics.${topic.replaceAll(".", "-")}`, { defaultValue: topic }),
    member: (name) => translateOpen(recommendations, `members.${name}`, { defaultValue: name }),
    evaluation: (task) => translateOpen(recommendations, `evaluations.${task}`, { defaultValue: task }),
  };
}
