import { readFileSync, readdirSync } from "node:fs";

const folder = new URL("./assets/app-bridge/", import.meta.url);

/**
 * Stand-in for Shopify's App Bridge, one plain script as Shopify serves it, first in the app's <head>. It talks to the admin shell around
 * the iframe by postMessage and gives pages the same `window.shopify`, custom elements, events and patched fetch. Its parts are
 * read each time, in the order of their names: a developer who edits one sees it on the next load.
 */
export function readAppBridgeScript(): string {
  const parts = readdirSync(folder).sort().map((name) => readFileSync(new URL(name, folder), "utf8"));
  return `(() => {\n"use strict";\n${parts.join("\n")}})();\n`;
}
