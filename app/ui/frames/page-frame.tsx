import { TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Page, type PageProps } from "@shopify/polaris";
import type { ReactNode } from "react";

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

/** One frame for every page: the admin's title bar by App Bridge, the heading and its one dominant action by Polaris. */
export function PageFrame({ title, barTitle, back, badge, subtitle, primaryAction, secondaryActions, isNarrow, children }: Props) {
  return (
    <Page
      title={title}
      titleMetadata={badge}
      subtitle={subtitle}
      backAction={back && { url: back.to, content: back.label, accessibilityLabel: back.label }}
      primaryAction={primaryAction}
      secondaryActions={secondaryActions}
      narrowWidth={isNarrow}
    >
      <TitleBar title={barTitle ?? title} />
      <BlockStack gap="400">{children}</BlockStack>
    </Page>
  );
}
