import { createReadableStreamFromReadable, type EntryContext } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { getEnv } from "#app/server/platform/env.server.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";
import { withoutNulls } from "#app/server/platform/without-nulls.server.ts";
import { addShopifyHeaders } from "#app/server/shopify/document-headers.server.ts";
import { createI18n } from "./ui/i18n/create-i18n.ts";
import { LanguageProvider } from "./ui/i18n/language-provider.tsx";
import { loadWords } from "./ui/i18n/load-words.ts";
import { requestLocale } from "./ui/i18n/request-locale.ts";

// Read once when the server starts: a missing value stops the start with its name, not the first visitor.
getEnv();

/** A deferred part that is not there by then is given up; the page says so. */
export const streamTimeout = 5_000;

export default async function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext) {
  addShopifyHeaders(request, headers);
  const locale = requestLocale(request);
  const words = await loadWords(locale);
  const i18n = createI18n(locale, words);
  const log = getLogger("render");
  const ready = isbot(request.headers.get("user-agent") ?? "") ? "onAllReady" : "onShellReady";
  return new Promise<Response>((resolve, reject) => {
    let responseStatus = status;
    const { pipe, abort } = renderToPipeableStream(
      <LanguageProvider locale={locale} words={words} i18n={i18n}>
        <RemixServer context={context} url={request.url} abortDelay={streamTimeout} />
      </LanguageProvider>,
      {
        [ready]: () => {
          const body = withoutNulls();
          headers.set("Content-Type", "text/html; charset=utf-8");
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: responseStatus }));
          pipe(body);
        },
        onShellError: reject,
        onError: (error) => {
          responseStatus = 500;
          log.error({ err: error }, "a page failed while it was rendered");
        },
      },
    );
    // A second more than the page's own limit, so that what was given up can still be written.
    setTimeout(abort, streamTimeout + 1_000);
  });
}
