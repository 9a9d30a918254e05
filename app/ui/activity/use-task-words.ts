import { useTranslation } from "react-i18next";
import { translateOpen } from "../i18n/translate-open.ts";

export interface TaskWords {
  /** A kind of job */
  task(kind: string): string;
  /** A topic of Shopify's webhooks */
  news(topic: string): string;
}

/** Stored names in the merchant's language; one that a later version wrote is shown as it is. */
export function useTaskWords(): TaskWords {
  const { t } = useTranslation("activity");
  return {
    task: (kind) => translateOpen(t, `kinds.${kind}`, { defaultValue: kind }),
    news: (topic) => translateOpen(t, `topics.${topic}`, { defaultValue: topic }),
  };
}
