import type { DevStoreContext } from "#dev-store/context.ts";
import { signedLaunchUrl } from "#dev-store/shell/launch-url.ts";
import type { TokenDesk } from "#dev-store/oauth/token-desk.ts";
import type { WebhookDesk } from "#dev-store/webhooks/webhook-desk.ts";

const OPEN_TIMEOUT_MS = 60_000;
/** The app's library answers 410 to what looks like a bot. */
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

export interface Installer {
  /** Grants the toml's scopes, opens the app as a merchant's browser would; the app's HTTP status, or why it could not be reached. */
  install(): Promise<{ readonly installed: true; readonly appStatus: number | null; readonly error: string | null }>;
  /** False when the app is not installed. */
  uninstall(): boolean;
}

export function createInstaller(store: DevStoreContext, tokens: TokenDesk, webhooks: WebhookDesk): Installer {
  return {
    async install() {
      const before = tokens.installedScopes();
      const { scopes } = store.config.app;
      tokens.install(scopes);
      if (before && before.join(",") !== scopes.join(",")) {
        webhooks.emitPayload("app/scopes_update", { id: 1, shop_id: `gid://shopify/Shop/${store.shop.id}`, previous: before, current: scopes, updated_at: new Date(store.clock.nowMs()).toISOString() });
      }
      try {
        const response = await fetch(signedLaunchUrl(store, { path: "", locale: "en" }), {
          headers: { "user-agent": BROWSER, accept: "text/html" }, redirect: "manual", signal: AbortSignal.timeout(OPEN_TIMEOUT_MS),
        });
        await response.body?.cancel();
        return { installed: true, appStatus: response.status, error: null };
      } catch (error) {
        return { installed: true, appStatus: null, error: error instanceof Error ? error.message : String(error) };
      }
    },
    uninstall() {
      if (!tokens.installedScopes()) return false;
      // Built while the shop still answers for the app, sent although it no longer does.
      webhooks.emit("app/uninstalled", store.shop.id);
      tokens.uninstall();
      store.db.prepare("DELETE FROM web_pixels").run();
      return true;
    },
  };
}
