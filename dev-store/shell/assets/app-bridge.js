// Stand-in for Shopify's App Bridge: plain script, first in the app's <head>. It talks to the admin shell around the
// iframe by postMessage and gives pages the same `window.shopify`, custom elements, events and patched fetch.
(() => {
  "use strict";
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

  // ---- title bar and menu
  const buttonOf = (element) => ({
    label: element.textContent.trim(), isPrimary: element.getAttribute("variant") === "primary", isCritical: element.getAttribute("tone") === "critical",
    isDisabled: element.hasAttribute("disabled"), isLoading: element.hasAttribute("loading") && element.getAttribute("loading") !== "false",
  });
  const buttonsIn = (element) => [...element.querySelectorAll("button, a")];
  const isInModal = (element) => Boolean(element.closest("ui-modal"));
  const sendTitle = debounce(() => {
    const bar = [...document.querySelectorAll("ui-title-bar")].find((entry) => !isInModal(entry));
    post("title", { title: bar?.getAttribute("title") || document.title, buttons: bar ? buttonsIn(bar).map(buttonOf) : [] });
  });
  on("titleButton", ({ index }) => {
    const bar = [...document.querySelectorAll("ui-title-bar")].find((entry) => !isInModal(entry));
    if (bar) buttonsIn(bar)[index]?.click();
  });
  const menuLinks = () => [...document.querySelectorAll("ui-nav-menu a[href], s-app-nav a[href], s-app-nav s-link[href]")];
  const sendMenu = debounce(() => {
    const items = menuLinks().map((link) => ({ href: new URL(link.getAttribute("href"), location.href).pathname, label: link.textContent.trim(), isHome: link.getAttribute("rel") === "home" }));
    if (items.length) post("menu", { items, path: location.pathname });
  });

  function debounce(run) {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(run, 30);
    };
  }

  /** Elements that are data for the shell: nothing of them shows in the page. */
  const defineSilent = (name, changed) => {
    if (customElements.get(name)) return;
    customElements.define(name, class extends HTMLElement {
      connectedCallback() {
        this.style.display = "none";
        this.watcher = new MutationObserver(changed);
        this.watcher.observe(this, { attributes: true, childList: true, subtree: true, characterData: true });
        changed();
      }

      disconnectedCallback() {
        this.watcher.disconnect();
        changed();
      }
    });
  };
  defineSilent("ui-nav-menu", sendMenu);
  defineSilent("s-app-nav", sendMenu);
  defineSilent("ui-title-bar", sendTitle);

  // ---- save bar
  const bars = new Map();
  let openBar = null;
  const sendBar = debounce(() => {
    if (!openBar) return post("saveBar", { isOpen: false });
    const [save, discard] = splitButtons(openBar.element);
    return post("saveBar", {
      isOpen: true, save: save ? buttonOf(save) : { label: "" }, discard: discard ? buttonOf(discard) : { label: "" }, asks: openBar.element?.hasAttribute("discardConfirmation") || openBar.asks,
    });
  });
  const splitButtons = (element) => {
    const buttons = element ? [...element.querySelectorAll("button")] : [];
    const save = buttons.find((button) => button.getAttribute("variant") === "primary");
    return [save, buttons.find((button) => button !== save)];
  };
  const showBar = async (id, more = {}) => {
    openBar = { id, element: bars.get(id) ?? null, ...more };
    sendBar();
    openBar.element?.dispatchEvent(new CustomEvent("show"));
  };
  const hideBar = async (id) => {
    if (openBar?.id !== id) return;
    const { element } = openBar;
    openBar = null;
    sendBar();
    element?.dispatchEvent(new CustomEvent("hide"));
    settleLeaving(true);
  };
  on("saveBarButton", ({ which }) => {
    if (!openBar) return;
    if (openBar.form) {
      if (which === "save") openBar.form.requestSubmit();
      else openBar.form.reset();
      return;
    }
    const [save, discard] = splitButtons(openBar.element);
    (which === "save" ? save : discard)?.click();
  });
  // Who wants to leave waits until the bar is gone; staying is told by the shell.
  let leaving = [];
  function settleLeaving(mayLeave) {
    const asked = leaving;
    leaving = [];
    for (const { resolve, reject } of asked) (mayLeave ? resolve : reject)(mayLeave ? undefined : new Error("The merchant stays on the page"));
  }
  on("stay", () => settleLeaving(false));
  const leaveConfirmation = () => {
    if (!openBar) return Promise.resolve();
    post("saveBarAttention", {});
    return new Promise((resolve, reject) => leaving.push({ resolve, reject }));
  };
  if (!customElements.get("ui-save-bar")) {
    customElements.define("ui-save-bar", class extends HTMLElement {
      connectedCallback() {
        this.style.display = "none";
        bars.set(this.id, this);
        this.watcher = new MutationObserver(sendBar);
        this.watcher.observe(this, { attributes: true, childList: true, subtree: true, characterData: true });
      }

      disconnectedCallback() {
        this.watcher.disconnect();
        bars.delete(this.id);
        void hideBar(this.id);
      }

      get showing() {
        return openBar?.id === this.id;
      }

      get discardConfirmation() {
        return this.hasAttribute("discardConfirmation");
      }

      show() {
        bars.set(this.id, this);
        return showBar(this.id);
      }

      hide() {
        return hideBar(this.id);
      }

      toggle() {
        return this.showing ? this.hide() : this.show();
      }
    });
  }
  // <form data-save-bar>: the bar follows the form's fields by itself.
  const watchedForm = (event) => (event.target instanceof Element ? event.target.closest("form[data-save-bar]") : null);
  const formBar = (form) => `form-${[...document.querySelectorAll("form[data-save-bar]")].indexOf(form)}`;
  const touched = (event) => {
    const form = watchedForm(event);
    if (form) void showBar(formBar(form), { form, asks: form.hasAttribute("data-discard-confirmation") });
  };
  document.addEventListener("input", touched);
  document.addEventListener("change", touched);
  for (const type of ["submit", "reset"]) {
    document.addEventListener(type, (event) => {
      const form = watchedForm(event);
      if (form) void hideBar(formBar(form));
    });
  }

  // ---- modal: shown inside the app's frame, because its content belongs to the app's document; the shell dims itself
  const modals = new Map();
  if (!customElements.get("ui-modal")) {
    customElements.define("ui-modal", class extends HTMLElement {
      constructor() {
        super();
        this.content = document.createElement("div");
      }

      connectedCallback() {
        modals.set(this.id, this);
        if (this.dialog) return;
        this.dialog = document.createElement("dialog");
        this.dialog.setAttribute("style", "border:0;border-radius:12px;padding:0;max-width:min(620px,92vw);width:100%;box-shadow:0 20px 60px rgba(0,0,0,.3)");
        const bar = document.createElement("div");
        bar.setAttribute("style", "display:flex;align-items:center;gap:8px;padding:12px 16px;background:#f3f3f3;font-weight:650");
        this.heading = document.createElement("h2");
        this.heading.setAttribute("style", "flex:1;font-size:14px;margin:0");
        const close = Object.assign(document.createElement("button"), { type: "button", textContent: "✕" });
        close.setAttribute("aria-label", "Close");
        close.setAttribute("style", "border:0;background:none;font-size:16px;cursor:pointer;min-width:32px;min-height:32px");
        close.addEventListener("click", () => this.hide());
        bar.append(this.heading, close);
        this.footer = document.createElement("div");
        this.footer.setAttribute("style", "display:flex;justify-content:flex-end;gap:8px;padding:12px 16px;border-top:1px solid #e3e3e3");
        this.dialog.append(bar, this.content, this.footer);
        this.dialog.addEventListener("cancel", (event) => {
          event.preventDefault();
          this.hide();
        });
        document.body.append(this.dialog);
        this.watcher = new MutationObserver(() => this.draw());
        this.watcher.observe(this, { attributes: true, childList: true, subtree: true, characterData: true });
      }

      disconnectedCallback() {
        modals.delete(this.id);
        this.hide();
        this.watcher?.disconnect();
        this.dialog?.remove();
        this.dialog = null;
      }

      draw() {
        const bar = this.querySelector("ui-title-bar");
        if (!this.dialog) return;
        this.heading.textContent = bar?.getAttribute("title") ?? "";
        const sources = bar ? buttonsIn(bar) : [];
        this.footer.hidden = sources.length === 0;
        this.footer.style.display = sources.length ? "flex" : "none";
        this.footer.replaceChildren(...sources.map((source) => {
          const facts = buttonOf(source);
          const button = Object.assign(document.createElement("button"), { type: "button", textContent: facts.label, disabled: facts.isDisabled });
          const colour = facts.isCritical ? "#c70a24" : facts.isPrimary ? "#303030" : "#fff";
          button.setAttribute("style", `border:1px solid #ccc;border-radius:8px;padding:6px 12px;min-height:32px;cursor:pointer;font-weight:600;background:${colour};color:${colour === "#fff" ? "#303030" : "#fff"}`);
          button.addEventListener("click", () => source.click());
          return button;
        }));
      }

      get showing() {
        return Boolean(this.dialog?.open);
      }

      async show() {
        if (!this.dialog || this.dialog.open) return;
        // Written without React, the content stands in the element itself; React puts it into `content` on its own.
        const own = [...this.childNodes].filter((node) => !["UI-TITLE-BAR", "UI-SAVE-BAR"].includes(node.nodeName));
        if (own.some((node) => node.textContent.trim())) this.content.append(...own);
        this.draw();
        this.dialog.showModal();
        post("modal", { isOpen: true });
        this.dispatchEvent(new CustomEvent("show"));
      }

      async hide() {
        if (!this.dialog?.open) return;
        this.dialog.close();
        post("modal", { isOpen: false });
        this.dispatchEvent(new CustomEvent("hide"));
      }

      toggle() {
        return this.showing ? this.hide() : this.show();
      }
    });
  }

  // ---- toasts
  let lastToast = 0;
  const toasts = new Map();
  on("toastAction", ({ id }) => toasts.get(id)?.onAction?.());
  on("toastGone", ({ id }) => {
    toasts.get(id)?.onDismiss?.();
    toasts.delete(id);
  });

  const unavailable = (name) => () => Promise.reject(new Error(`not simulated: shopify.${name}`));
  let vitals = null;
  const shopify = {
    config: Object.freeze({ ...config, disabledFeatures: [], appOrigins: [], experimentalFeatures: [] }),
    origin: shellOrigin,
    ready: Promise.resolve(),
    environment: Object.freeze({ embedded: window.parent !== window, mobile: false, pos: false, intent: false }),
    loading: (isLoading = true) => post("loading", { isLoading }),
    idToken: () => idToken(),
    user: () => ask("user"),
    toast: {
      show(message, options = {}) {
        const id = `toast-${++lastToast}`;
        toasts.set(id, options);
        post("toast", { id, message: String(message), isError: Boolean(options.isError), durationMs: options.duration ?? 5000, action: options.action ?? null });
        return id;
      },
      hide(id) {
        post("toastHide", { id });
      },
    },
    modal: {
      show: async (id) => modals.get(id)?.show(),
      hide: async (id) => modals.get(id)?.hide(),
      toggle: async (id) => modals.get(id)?.toggle(),
    },
    saveBar: {
      show: async (id) => showBar(id),
      hide: async (id) => hideBar(id),
      toggle: async (id) => (openBar?.id === id ? hideBar(id) : showBar(id)),
      leaveConfirmation,
    },
    resourcePicker: (options = {}) => ask("resourcePicker", { options: JSON.parse(JSON.stringify(options)) }),
    picker: unavailable("picker"),
    scopes: { query: () => ask("scopes"), request: unavailable("scopes.request"), revoke: unavailable("scopes.revoke") },
    webVitals: { onReport: async (callback) => void (vitals = callback) },
    app: { extensions: () => ask("extensions") },
    intents: { invoke: unavailable("intents.invoke"), register: () => () => undefined },
    reviews: { request: async () => ({ success: false, code: "not-eligible", message: "not simulated" }) },
    support: { registerHandler: async () => undefined },
    pos: {}, scanner: { capture: unavailable("scanner.capture") }, tools: { register: () => () => undefined },
  };
  Object.defineProperty(window, "shopify", { value: shopify, configurable: true, writable: true });

  observeVitals();
  /** Largest paint, layout shift and slowest interaction of the page, told when it is hidden. */
  function observeVitals() {
    const found = { LCP: null, CLS: 0, INP: null };
    const watch = (type, handle, more) => {
      try {
        new PerformanceObserver((list) => list.getEntries().forEach(handle)).observe({ type, buffered: true, ...more });
      } catch {
        // A browser that does not measure this says so by throwing.
      }
    };
    watch("largest-contentful-paint", (entry) => (found.LCP = entry.startTime));
    watch("layout-shift", (entry) => (found.CLS += entry.hadRecentInput ? 0 : entry.value));
    watch("event", (entry) => (found.INP = entry.interactionId ? Math.max(found.INP ?? 0, entry.duration) : found.INP), { durationThreshold: 40 });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "hidden" || !vitals) return;
      vitals({ metrics: Object.entries(found).filter(([, value]) => value !== null).map(([name, value]) => ({ name, value, id: `${name}-1` })) });
    });
  }

  post("hello", {});
  document.addEventListener("DOMContentLoaded", () => {
    tellPath();
    sendTitle();
  });
  if (document.readyState !== "loading") tellPath();
})();
