import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { DevStoreContext, RequestHandler } from "#dev-store/context.ts";
import { readObject, sendJson, sendText } from "#dev-store/http.ts";
import type { TokenDesk } from "#dev-store/oauth/token-desk.ts";
import { readAppBridgeScript } from "./app-bridge-script.ts";
import { newIdToken, signedLaunchUrl } from "./launch-url.ts";
import { listPickerProducts } from "./picker-products.ts";
import { shellPage } from "./shell-page.ts";
import type { ShellContent } from "./shell-page.ts";
import { readShellLocale } from "./shell-words.ts";
import { describeExtensions, readThemeExtensions } from "./theme-extensions.ts";

const ASSETS: Readonly<Record<string, string>> = { "/admin/assets/shell.js": "text/javascript", "/admin/assets/shell.css": "text/css" };
const placement = z.object({ template: z.string().regex(/^[a-z]+$|^\*$/), block: z.string().regex(/^[\w-]+$/) });

/** /admin, its assets, what its script asks for, and the App Bridge stub. */
export function createShellHandler(store: DevStoreContext, tokens: TokenDesk): RequestHandler {
  const appPath = /^\/admin\/apps\/[^/]+(?:\/(.*))?$/;

  const contentOf = (url: URL, locale: string): ShellContent => {
    if (url.pathname === "/admin/themes/current/editor") return themeEditor(store, url);
    const inApp = appPath.exec(url.pathname);
    if (!inApp && url.pathname !== "/admin" && url.pathname !== "/admin/") return { kind: "elsewhere" };
    if (!tokens.installedScopes()) return { kind: "not-installed" };
    const own = new URLSearchParams(url.search);
    own.delete("locale");
    const query = own.toString();
    return { kind: "app", src: signedLaunchUrl(store, { path: `${inApp?.[1] ?? ""}${query ? `?${query}` : ""}`, locale }) };
  };

  return async (req, res, url) => {
    if (url.pathname === "/app-bridge.js") {
      sendText(res, 200, "text/javascript", readAppBridgeScript(), { "cache-control": "no-cache", "access-control-allow-origin": "*" });
      return true;
    }
    const asset = ASSETS[url.pathname];
    if (asset) {
      // Read each time: a developer who edits it sees it on the next load.
      const text = readFileSync(new URL(`./assets/${url.pathname.split("/").pop() ?? ""}`, import.meta.url), "utf8");
      sendText(res, 200, asset, text, { "cache-control": "no-cache", "access-control-allow-origin": "*" });
      return true;
    }
    if (url.pathname !== "/admin" && !url.pathname.startsWith("/admin/")) return false;
    if (url.pathname.startsWith("/admin/internal/")) return answerInternal(store, tokens, req, res, url);
    if (req.method !== "GET" && req.method !== "HEAD") {
      sendJson(res, 405, { errors: "Method Not Allowed" });
      return true;
    }
    const locale = readShellLocale(url.searchParams.get("locale"));
    sendText(res, 200, "text/html", shellPage(store, locale, contentOf(url, locale)), { "cache-control": "no-store" });
    return true;
  };
}

async function answerInternal(store: DevStoreContext, tokens: TokenDesk, req: IncomingMessage, res: ServerResponse, url: URL): Promise<true> {
  const scopes = tokens.installedScopes();
  const what = url.pathname.slice("/admin/internal/".length);
  if (what === "theme-blocks" && req.method === "POST") {
    const read = placement.safeParse(await readObject(req));
    if (!read.success) sendJson(res, 400, { errors: "template and block are needed" });
    else {
      const position = store.db.prepare<[string], { n: number }>("SELECT count(*) AS n FROM theme_blocks WHERE template = ?").get(read.data.template)?.n ?? 0;
      store.db.prepare("INSERT INTO theme_blocks (template, block, settings, position) VALUES (?, ?, '{}', ?)").run(read.data.template, read.data.block, position + 1);
      sendJson(res, 201, read.data);
    }
  } else if (req.method !== "GET") sendJson(res, 405, { errors: "Method Not Allowed" });
  else if (!scopes) sendJson(res, 403, { errors: "the app is not installed" });
  else if (what === "id-token") sendJson(res, 200, { token: newIdToken(store) }, { "cache-control": "no-store" });
  else if (what === "extensions") sendJson(res, 200, describeExtensions(store));
  else if (what === "scopes") sendJson(res, 200, { granted: scopes, required: store.config.app.scopes, optional: [] });
  else if (what === "products") sendJson(res, 200, listPickerProducts(store, url.searchParams.get("query") ?? ""));
  else sendJson(res, 404, { errors: "Not Found" });
  return true;
}

/** Deep links to the theme editor (`addAppBlockId` for blocks, `activateAppId` for embeds): place the block by a click. */
function themeEditor(store: DevStoreContext, url: URL): ShellContent {
  const isEmbed = url.searchParams.has("activateAppId");
  const block = (url.searchParams.get("addAppBlockId") ?? url.searchParams.get("activateAppId"))?.split("/").pop() ?? null;
  const template = isEmbed ? "*" : (url.searchParams.get("template") ?? "index");
  const isKnown = block !== null && readThemeExtensions(store.config.extensionsDir).some((extension) => extension.blocks.some(({ handle }) => handle === block));
  if (!isKnown) return { kind: "theme-editor", template, block: null, isPlaced: false };
  const isPlaced = store.db.prepare("SELECT 1 FROM theme_blocks WHERE template = ? AND (block = ? OR block LIKE '%/' || ?)").get(template, block, block) !== undefined;
  return { kind: "theme-editor", template, block, isPlaced };
}
