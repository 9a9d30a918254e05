import { BlockStack, Box, Button, Text } from "@shopify/polaris";

interface Props {
  readonly title: string;
  readonly text: string;
  readonly action?: { readonly label: string; readonly to: string };
}

/** What is not there yet, why, and the one thing to do about it. */
export function EmptyNote({ title, text, action }: Props) {
  return (
    <Box padding="600">
      <BlockStack gap="200" inlineAlign="center">
        <Text as="h3" variant="headingSm" alignment="center">{title}</Text>
        <Box maxWidth="28rem">
          <Text as="p" tone="subdued" alignment="center">{text}</Text>
        </Box>
        {action ? <Button url={action.to}>{action.label}</Button> : null}
      </BlockStack>
    </Box>
  );
}
