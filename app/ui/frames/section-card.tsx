import { BlockStack, Box, Card, InlineStack, Text } from "@shopify/polaris";
import { useId, type ReactNode } from "react";

interface Props {
  readonly title: string;
  readonly text?: string;
  readonly action?: ReactNode;
  /** Tables reach to the edge of the card. */
  readonly isFlush?: boolean;
  readonly children: ReactNode;
}

export function SectionCard({ title, text, action, isFlush, children }: Props) {
  const headingId = useId();
  const heading = (
    <BlockStack gap="100">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="h2" variant="headingMd" id={headingId}>{title}</Text>
        {action}
      </InlineStack>
      {text ? <Text as="p" tone="subdued">{text}</Text> : null}
    </BlockStack>
  );
  return (
    <section aria-labelledby={headingId} className="tessera-section">
      <Card padding={isFlush ? "0" : undefined}>
        {isFlush ? (
          <>
            <Box padding="400" paddingBlockEnd="300">{heading}</Box>
            {children}
          </>
        ) : (
          <BlockStack gap="400">{heading}{children}</BlockStack>
        )}
      </Card>
    </section>
  );
}
