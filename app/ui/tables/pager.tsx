import { Box, InlineStack, Pagination, Text } from "@shopify/polaris";
import { useNavigate } from "@remix-run/react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly summary: string;
  /** Paths with the search part, null where there is no such page. */
  readonly previous: string | null;
  readonly next: string | null;
}

export function Pager({ summary, previous, next }: Props) {
  const { t } = useTranslation("frame");
  const navigate = useNavigate();
  const go = (to: string | null) => () => {
    if (to) navigate(to);
  };
  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="span" tone="subdued">{summary}</Text>
        {previous || next ? (
          <Pagination
            accessibilityLabel={t("table.pages")}
            hasPrevious={previous !== null}
            onPrevious={go(previous)}
            hasNext={next !== null}
            onNext={go(next)}
          />
        ) : null}
      </InlineStack>
    </Box>
  );
}
