import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { readFailureLine } from "#app/core/failure-line.ts";
import { failureText } from "../failure-text.ts";

/**
 * Why something failed a while ago, from the one line that was kept of it: in the merchant's words when it is one of our
 * failures, else a plain sentence with the line itself underneath, for whoever is asked for help.
 */
export function StoredFailure({ line, sentence }: { line: string; sentence: string }) {
  const { t } = useTranslation("failures");
  const failure = readFailureLine(line);
  if (failure) {
    const { title, details } = failureText(t, failure);
    // A task may have done half of its work before Shopify fell silent: "nothing was changed" would be a promise.
    const said = failure.kind === "shopify-unavailable" ? [] : details;
    return (
      <BlockStack gap="050">
        <Text as="p" variant="bodySm">{title}</Text>
        {said.map((detail) => <Text as="p" variant="bodySm" breakWord key={detail}>{detail}</Text>)}
      </BlockStack>
    );
  }
  return (
    <BlockStack gap="050">
      <Text as="p" variant="bodySm">{sentence}</Text>
      {line ? (
        <details className="tessera-details">
          <summary>{t("technical")}</summary>
          <code>{line}</code>
        </details>
      ) : null}
    </BlockStack>
  );
}
