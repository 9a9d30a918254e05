import { Banner, List, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Failure } from "#app/core/failure.ts";
import { failureText } from "../failure-text.ts";

/** Stays until the next try: errors are never toasts. */
export function FailureBanner({ failure }: { failure: Failure | null | undefined }) {
  const { t } = useTranslation("failures");
  if (!failure) return null;
  const { title, details } = failureText(t, failure);
  return (
    <Banner tone="critical" title={title}>
      {details.length > 1 ? (
        <List>{details.map((detail) => <List.Item key={detail}>{detail}</List.Item>)}</List>
      ) : (
        details.map((detail) => <Text as="p" key={detail}>{detail}</Text>)
      )}
    </Banner>
  );
}
