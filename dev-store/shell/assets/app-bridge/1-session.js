// Who and where this page is, its talk with the shell, id tokens and navigation. The parts of this folder share one scope.
const script = document.currentScript;
const shellOrigin = new URL(script.src).origin;
const KEPT = "dev-store-app-bridge";
const query = new URLSearchParams(location.search);
const kept = readKept();
const config = {
  apiKey: script.dataset.apiKey || document.querySelector('meta[name="shopify-api-key"]')?.content || kept.apiKey || "",
  shop: query.get("shop") || kept.shop || "",
  host: query.get("host") || kept.host || "",
  locale: query.get("locale") || kept.locale || "en",
};
try {
  sessionStorage.setItem(KEPT, JSON.stringify(config));
} catch {
  // Storage may be closed to a framed page; the query string then has to do.
}

function readKept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) || "{}");
  } catch {
    return {};
  }
}

// Opened outside the admin, App Bridge takes the merchant back into it.
if (window.top === window.self) {
  const path = location.pathname.replace(/^\/app\/?/, "");
  if (location.pathname === "/app" || location.pathname.startsWith("/app/")) location.replace(`${shellOrigin}/admin/apps/tessera/${path}${ownQuery(location.search)}`);
}

/** The page's own query string, without what the admin added. */
function ownQuery(search) {
  const params = new URLSearchParams(search);
  for (const name of ["embedded", "hmac", "host", "id_token", "locale", "session", "shop", "timestamp", "link_source", "appLoadId", "protocol"]) params.delete(name);
  const text = params.toString();
  return text ? `?${text}` : "";
}

// ---- talking to the shell
let lastCall = 0;
const waiting = new Map();
const post = (type, data) => {
  if (window.parent !== window) window.parent.postMessage({ devStore: true, type, ...data }, shellOrigin);
};
const ask = (type, data) =>
  new Promise((resolve, reject) => {
    const call = ++lastCall;
    waiting.set(call, { resolve, reject });
    post(type, { ...data, call });
  });
const listeners = {};
const on = (type, handle) => (listeners[type] = handle);
window.addEventListener("message", (event) => {
  if (event.origin !== shellOrigin || !event.data?.devStore) return;
  const { type, call, error, result } = event.data;
  if (type === "reply") {
    const pending = waiting.get(call);
    waiting.delete(call);
    if (error) pending?.reject(new Error(error));
    else pending?.resolve(result);
  } else listeners[type]?.(event.data);
});

// ---- id tokens and fetch
let token = null;
const tokenEnds = (text) => JSON.parse(atob(text.split(".")[1].replace(/-/g, "+").replace(/_/g, "/"))).exp * 1000;
const idToken = async (isFresh = false) => {
  if (!isFresh && token && tokenEnds(token) - Date.now() > 10_000) return token;
  token = await ask("idToken");
  return token;
};

const plainFetch = window.fetch.bind(window);
const isOurs = (url) => url.origin === location.origin;
window.fetch = async (input, init) => {
  const request = new Request(input, init);
  if (!isOurs(new URL(request.url)) || window.parent === window) return plainFetch(request);
  const send = async (isFresh) => {
    const copy = request.clone();
    if (!copy.headers.has("authorization") || isFresh) copy.headers.set("authorization", `Bearer ${await idToken(isFresh)}`);
    return plainFetch(copy);
  };
  let response = await send(false);
  if (response.status === 401 && response.headers.has("x-shopify-retry-invalid-session-request")) response = await send(true);
  const reauthorize = response.headers.get("x-shopify-api-request-failure-reauthorize-url");
  if (reauthorize) open(new URL(reauthorize, location.href).toString(), "_top");
  return response;
};

// The bounce page: a document request came without an id token; come back with one.
const reload = query.get("shopify-reload");
if (reload && location.pathname.endsWith("/session-token")) {
  void idToken(true).then((fresh) => {
    const target = new URL(reload, location.href);
    target.searchParams.set("id_token", fresh);
    location.replace(target.toString());
  });
}

// ---- navigation: the top window's address follows the app's
const tellPath = () => {
  if (location.pathname.endsWith("/session-token") || location.pathname.endsWith("/exit-iframe")) return;
  post("path", { path: location.pathname + ownQuery(location.search) });
  sendMenu();
};
for (const method of ["pushState", "replaceState"]) {
  const plain = history[method].bind(history);
  history[method] = (...args) => {
    const done = plain(...args);
    tellPath();
    return done;
  };
}
window.addEventListener("popstate", tellPath);

let hearsNavigate = 0;
for (const target of [document, window]) {
  const plain = target.addEventListener.bind(target);
  target.addEventListener = (type, ...rest) => {
    if (type === "shopify:navigate") hearsNavigate += 1;
    return plain(type, ...rest);
  };
}
/** Follows a link as a click in the app would: by the app's router when it has one. */
const follow = (href) => {
  const link = menuLinks().find((entry) => entry.getAttribute("href") === href) ?? Object.assign(document.createElement("a"), { href });
  if (hearsNavigate) {
    if (!link.isConnected) document.body.append(link);
    link.dispatchEvent(new CustomEvent("shopify:navigate", { bubbles: true, cancelable: true }));
  } else if (link.isConnected) link.click();
  else location.assign(href);
};
on("navigate", ({ href }) => follow(href));
on("back", () => history.back());

/** Links into the admin itself: shopify://admin/..., or the shop's own address. */
const adminPath = (url) => {
  const text = String(url);
  const scheme = /^shopify:(?:\/\/)?admin(\/.*)?$/.exec(text);
  if (scheme) return scheme[1] || "/";
  const absolute = /^https:\/\/(?:[a-z0-9-]+\.myshopify\.com\/admin|admin\.shopify\.com\/store\/[^/]+)(\/[^]*)?$/.exec(text);
  return absolute ? absolute[1] || "/" : null;
};
const plainOpen = window.open.bind(window);
window.open = (url, target, ...rest) => {
  const path = adminPath(url);
  if (path === null) return plainOpen(url, target, ...rest);
  if (target === "_blank") return plainOpen(`${shellOrigin}/admin${path}`, "_blank");
  post("admin", { path });
  return null;
};
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  const path = link ? adminPath(link.getAttribute("href")) : null;
  if (path === null) return;
  event.preventDefault();
  window.open(link.getAttribute("href"), link.target || "_top");
}, true);
