import { TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box, Page, type PageProps } from "@shopify/polaris";
import { useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly title: string;
  /** Name in the admin's own bar when it differs from the heading, such as the section of a sub-page. */
  readonly barTitle?: string;
  readonly back?: { readonly to: string; readonly label: string };
  readonly badge?: ReactNode;
  readonly subtitle?: string;
  readonly primaryAction?: PageProps["primaryAction"];
  readonly secondaryActions?: PageProps["secondaryActions"];
  readonly isNarrow?: boolean;
  readonly children: ReactNode;
}

/**
 * One frame for every page. The admin's own bar shows the title of a section, so its heading is only heard; a sub-page
 * shows its heading with the way back and its one dominant action.
 */
export function PageFrame({ title, barTitle, back, badge, subtitle, primaryAction, secondaryActions, isNarrow, children }: Props) {
  useDocumentTitle(title);
  return (
    <Page
      title={title}
      titleHidden={!back}
      titleMetadata={badge}
      subtitle={subtitle}
      backAction={back && { url: back.to, content: back.label, accessibilityLabel: back.label }}
      primaryAction={primaryAction}
      secondaryActions={secondaryActions}
      narrowWidth={isNarrow}
    >
      <TitleBar title={barTitle ?? title} />
      <Box paddingBlockStart={back ? "0" : "400"}>
        <BlockStack gap="400">{children}</BlockStack>
      </Box>
    </Page>
  );
}

/** The name of the frame's document, which screen readers say on arrival; root.tsx gives it one until then. */
function useDocumentTitle(title: string): void {
  const { t } = useTranslation("frame");
  const app = t("appName");
  useEffect(() => {
    document.title = `${title} · ${app}`;
  }, [title, app]);
}
