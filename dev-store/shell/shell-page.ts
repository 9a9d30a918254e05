import type { DevStoreContext } from "#dev-store/context.ts";
import { escapeHtml } from "#dev-store/http.ts";
import type { ShellLocale } from "./shell-words.ts";
import { shellWords } from "./shell-words.ts";

export type ShellContent =
  | { readonly kind: "app"; readonly src: string }
  | { readonly kind: "not-installed" }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "theme-editor"; readonly template: string; readonly block: string | null; readonly isPlaced: boolean };

/** JSON inside a script element. */
const embedJson = (value: unknown): string => JSON.stringify(value).replace(/</g, "\\u003c");

/** The whole admin page: bar, rail with the app's menu, and the app or what stands in its place. */
export function shellPage({ config, shop }: DevStoreContext, locale: ShellLocale, content: ShellContent): string {
  const words = shellWords(locale);
  const name = escapeHtml(config.app.name);
  const facts = { appUrl: config.appUrl, shopName: shop.name, locale, words };
  const suffix = locale === "en" ? "" : `?locale=${locale}`;
  const elsewhere = [words.home, words.orders, words.products, words.customers, words.discounts, words.analytics];
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name} · ${escapeHtml(shop.name)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/admin/assets/shell.css">
</head>
<body>
<header class="bar">
  <button id="menu-button" type="button" aria-label="${words.menu}" aria-expanded="false" aria-controls="rail">☰</button>
  <span class="brand">${escapeHtml(shop.name)}</span>
  <button class="search" type="button" disabled>${words.search}</button>
  <span class="shop">${escapeHtml(shop.domain)}</span>
</header>
<nav class="rail" id="rail" aria-label="${words.menu}">
  <ul>${elsewhere.map((label) => `<li><span class="off">${label}</span></li>`).join("")}</ul>
  <h2>${words.onlineStore}</h2>
  <ul><li><a href="/" target="_blank" rel="noopener">${words.viewStore}</a></li><li><a href="/__control">${words.control}</a></li></ul>
  <h2>${words.apps}</h2>
  <ul><li><a id="app-home" href="/admin/apps/tessera${suffix}" data-current="${content.kind === "app"}">${name}</a><ul id="app-items"></ul></li></ul>
</nav>
<div id="menu-shade"></div>
<main class="main">
  <div class="head"><span class="mark" aria-hidden="true">${name.slice(0, 1)}</span><h1 id="page-title">${name}</h1><div id="title-buttons"></div></div>
  <div id="save-bar" role="region" aria-label="${words.unsaved}" hidden><span>${words.unsaved}</span><button id="save-bar-discard" type="button"></button><button id="save-bar-save" type="button"></button></div>
  ${mainPart(content, name, words)}
</main>
<div id="toasts" aria-live="polite"></div>
<dialog id="picker" aria-labelledby="picker-title"><h2 id="picker-title">${words.selectProducts}</h2><input id="picker-search" type="search" aria-label="${words.searchProducts}" placeholder="${words.searchProducts}"><ul id="picker-list"></ul><div class="actions"><button id="picker-cancel" type="button">${words.cancel}</button><button id="picker-add" type="button" class="primary">${words.add}</button></div></dialog>
<script type="application/json" id="facts">${embedJson(facts)}</script>
<script src="/admin/assets/shell.js" defer></script>
</body>
</html>`;
}

function mainPart(content: ShellContent, name: string, words: ReturnType<typeof shellWords>): string {
  switch (content.kind) {
    case "app":
      return `<iframe id="app" title="${name}" data-src="${escapeHtml(content.src)}" allow="clipboard-write"></iframe>`;
    case "not-installed":
      return `<section class="plain"><h2>${name} ${words.notInstalled}</h2><p>${words.notInstalledHint}</p><button id="install" type="button" class="primary">${words.install}</button></section>`;
    case "elsewhere":
      return `<section class="plain"><h2>${words.notSimulated}</h2><p>${words.notSimulatedHint}</p></section>`;
    case "theme-editor": {
      const { block, template, isPlaced } = content;
      const body = block === null ? `<p>${words.notSimulatedHint}</p>`
        : isPlaced ? `<p>${words.placed}</p><p><a href="/" target="_blank" rel="noopener"><u>${words.viewStore}</u></a></p>`
        : `<button id="add-block" type="button" class="primary" data-block="${escapeHtml(JSON.stringify({ template, block }))}">${words.addBlock} “${escapeHtml(block)}” ${words.toTemplate} “${escapeHtml(template)}”</button>`;
      return `<section class="plain"><h2>${words.themeEditor}</h2>${body}</section>`;
    }
  }
}
