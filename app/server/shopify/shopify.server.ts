import "./app-bridge-url.server.ts";
import "@shopify/shopify-app-remix/adapters/node";
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from "@shopify/shopify-app-remix/server";
import { getEnv } from "#app/server/platform/env.server.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";
import { EncryptedSessionStorage } from "#app/server/platform/session-storage.server.ts";
import { rerouteToDevStore } from "./reroute-dev-store.server.ts";

export const API_VERSION = ApiVersion.July26;

function createShopifyApp() {
  const env = getEnv();
  const log = getLogger("shopify-library");
  rerouteToDevStore();
  return shopifyApp({
    apiKey: env.SHOPIFY_API_KEY,
    apiSecretKey: env.SHOPIFY_API_SECRET,
    apiVersion: API_VERSION,
    scopes: env.SCOPES.split(",").map((scope) => scope.trim()),
    appUrl: env.SHOPIFY_APP_URL,
    authPathPrefix: "/auth",
    sessionStorage: new EncryptedSessionStorage(),
    distribution: AppDistribution.AppStore,
    // Below Info the library writes whole session tokens into its messages: they stop here.
    logger: {
      level: LogSeverity.Info,
      log: (severity, message) => {
        if (severity === LogSeverity.Error) log.error(message);
        else if (severity === LogSeverity.Warning) log.warn(message);
        else log.debug(message);
      },
    },
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  });
}

let app: ReturnType<typeof createShopifyApp> | undefined;

/** Made on first use, so that importing this module reads no environment. */
export function getShopify(): ReturnType<typeof createShopifyApp> {
  app ??= createShopifyApp();
  return app;
}

type ShopifyApp = ReturnType<typeof createShopifyApp>;

/** The library's own checks of a request, under the names its documentation uses. */
export const authenticate = {
  admin: (request: Request): ReturnType<ShopifyApp["authenticate"]["admin"]> => getShopify().authenticate.admin(request),
  public: {
    appProxy: (request: Request): ReturnType<ShopifyApp["authenticate"]["public"]["appProxy"]> => getShopify().authenticate.public.appProxy(request),
  },
};

export const login = (request: Request): ReturnType<ShopifyApp["login"]> => getShopify().login(request);
