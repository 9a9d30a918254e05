import { BlockStack, Card, SkeletonBodyText, SkeletonDisplayText, SkeletonPage } from "@shopify/polaris";
import { useTranslation } from "react-i18next";

export function PageSkeleton() {
  const { t } = useTranslation("frame");
  return (
    <div aria-busy="true">
      <div role="status" className="tessera-hidden">{t("loading")}</div>
      <SkeletonPage>
        <BlockStack gap="400">
          <Card>
            <BlockStack gap="400">
              <SkeletonDisplayText size="small" />
              <SkeletonBodyText lines={4} />
            </BlockStack>
          </Card>
          <Card>
            <SkeletonBodyText lines={8} />
          </Card>
        </BlockStack>
      </SkeletonPage>
    </div>
  );
}
