import { Banner, BlockStack, Button, Page, Text } from "@shopify/polaris";
import { isRouteErrorResponse, useRevalidator, useRouteError } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/**
 * The ErrorBoundary of every embedded route. Answers that the library throws (a bounce through App Bridge) carry HTML
 * that must run as it is, which is what the library's `boundary.error` does; importing that would bring 40 KB of its
 * server into the browser. Ours carry JSON or nothing and become a page in the merchant's language.
 */
export function RouteError(): ReactNode {
  const error = useRouteError();
  if (isRouteErrorResponse(error)) {
    if (typeof error.data === "string" && error.data.includes("<script")) return <div dangerouslySetInnerHTML={{ __html: error.data }} />;
    if (error.status === 404) return <ErrorPage kind="notFound" />;
    return <ErrorPage kind="failed" />;
  }
  return <ErrorPage kind="failed" />;
}

function ErrorPage({ kind }: { kind: "notFound" | "failed" }) {
  const { t } = useTranslation("frame");
  const revalidator = useRevalidator();
  return (
    <Page title={t(`error.${kind}.title`)}>
      <Banner tone={kind === "failed" ? "critical" : "info"}>
        <BlockStack gap="300" inlineAlign="start">
          <Text as="p">{t(`error.${kind}.text`)}</Text>
          {kind === "failed" ? (
            <Button onClick={() => revalidator.revalidate()} loading={revalidator.state === "loading"}>{t("error.retry")}</Button>
          ) : (
            <Button url="/app">{t("error.home")}</Button>
          )}
        </BlockStack>
      </Banner>
    </Page>
  );
}
