// The admin around the app's iframe: answers what App Bridge asks and draws menu, title, toasts, save bar and picker.
(() => {
  "use strict";
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const frame = document.getElementById("app");
  const byId = (id) => document.getElementById(id);
  const appOrigin = new URL(facts.appUrl).origin;
  const words = facts.words;
  const send = (type, data) => frame?.contentWindow?.postMessage({ devStore: true, type, ...data }, appOrigin);
  const reply = (call, promise) =>
    promise.then(
      (result) => send("reply", { call, result }),
      (error) => send("reply", { call, error: error.message }),
    );
  const getJson = async (path) => {
    const response = await fetch(path, { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
    return response.json();
  };
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "onclick") element.addEventListener("click", value);
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  };

  const menuButton = byId("menu-button");
  const setMenu = (isOpen) => {
    document.body.classList.toggle("menu-open", isOpen);
    menuButton.setAttribute("aria-expanded", String(isOpen));
  };
  menuButton.addEventListener("click", () => setMenu(!document.body.classList.contains("menu-open")));
  byId("menu-shade").addEventListener("click", () => setMenu(false));
  byId("install")?.addEventListener("click", async (event) => {
    event.currentTarget.disabled = true;
    event.currentTarget.textContent = words.installing;
    await fetch("/__control/api/install", { method: "POST", signal: AbortSignal.timeout(90_000) });
    location.reload();
  });
  byId("add-block")?.addEventListener("click", async (event) => {
    event.currentTarget.disabled = true;
    await fetch("/admin/internal/theme-blocks", { method: "POST", headers: { "content-type": "application/json" }, body: event.currentTarget.dataset.block, signal: AbortSignal.timeout(10_000) });
    location.reload();
  });

  const items = byId("app-items");
  const drawMenu = ({ items: found, path }) => {
    const inside = found.filter((item) => !item.isHome);
    const best = found.filter((item) => path === item.href || path.startsWith(`${item.href}/`)).sort((a, b) => b.href.length - a.href.length)[0];
    items.replaceChildren(...inside.map((item) =>
      make("li", {}, make("a", {
        href: adminPath(item.href), "aria-current": best?.href === item.href ? "page" : null, "data-href": item.href,
        onclick: (event) => {
          if (event.metaKey || event.ctrlKey) return;
          event.preventDefault();
          setMenu(false);
          send("navigate", { href: item.href });
        },
      }, item.label))));
    byId("app-home")?.setAttribute("data-current", String(!best || best.isHome === true));
  };
  byId("app-home")?.addEventListener("click", (event) => {
    if (!frame) return;
    event.preventDefault();
    setMenu(false);
    send("navigate", { href: "/app" });
  });
  const adminPath = (path) => `/admin/apps/tessera/${path.replace(/^\/app\/?/, "")}`.replace(/\/$/, "");

  const bar = byId("save-bar");
  let asks = false;
  const drawButton = (element, { label, isDisabled, isLoading }, fallback) => {
    element.textContent = label || fallback;
    element.disabled = Boolean(isDisabled || isLoading);
    element.toggleAttribute("data-loading", Boolean(isLoading));
  };
  const drawSaveBar = ({ isOpen, save, discard, asks: mustAsk }) => {
    bar.hidden = !isOpen;
    document.body.classList.toggle("has-save-bar", isOpen);
    if (!isOpen) return;
    asks = Boolean(mustAsk);
    drawButton(byId("save-bar-save"), save, words.save);
    drawButton(byId("save-bar-discard"), discard, words.discard);
  };
  byId("save-bar-save").addEventListener("click", () => send("saveBarButton", { which: "save" }));
  byId("save-bar-discard").addEventListener("click", () => {
    if (!asks || window.confirm(words.discardAll)) send("saveBarButton", { which: "discard" });
  });
  const drawAttention = () => {
    bar.classList.remove("attention");
    void bar.offsetWidth;
    bar.classList.add("attention");
    setTimeout(() => send("stay", {}), 400);
  };

  const toastList = byId("toasts");
  const hideToast = (id) => {
    const found = toastList.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (!found) return;
    found.remove();
    send("toastGone", { id });
  };
  const drawToast = ({ id, message, isError, durationMs, action }) => {
    const close = make("button", { type: "button", "aria-label": words.close, onclick: () => hideToast(id) }, "✕");
    const act = action ? [make("button", { type: "button", class: "toast-action", onclick: () => send("toastAction", { id }) }, action)] : [];
    toastList.append(make("div", { class: isError ? "toast is-error" : "toast", "data-id": id, role: isError ? "alert" : "status" }, make("span", {}, message), ...act, close));
    setTimeout(() => hideToast(id), durationMs);
  };

  const drawTitle = ({ title, buttons }) => {
    byId("page-title").textContent = title;
    document.title = `${title} · ${facts.shopName}`;
    byId("title-buttons").replaceChildren(...buttons.map((button, index) =>
      make("button", { type: "button", class: button.isPrimary ? "primary" : "", disabled: button.isDisabled, onclick: () => send("titleButton", { index }) }, button.label)));
  };

  /** The product picker: search, choose, answer with what was chosen; nothing when it is left. */
  const pick = (options) =>
    new Promise((resolve) => {
      if (options.type && options.type !== "product") throw new Error(`not simulated: resourcePicker of ${options.type}`);
      const dialog = byId("picker");
      const list = byId("picker-list");
      const search = byId("picker-search");
      const chosen = new Map((options.selectionIds ?? []).map(({ id }) => [id, null]));
      const isMany = options.multiple === true || typeof options.multiple === "number";
      const most = typeof options.multiple === "number" ? options.multiple : isMany ? Infinity : 1;
      const known = new Map();
      const draw = async () => {
        const found = await getJson(`/admin/internal/products?query=${encodeURIComponent(search.value)}`);
        for (const product of found) known.set(product.id, product);
        list.replaceChildren(...found.map((product) => {
          const box = make("input", { type: isMany ? "checkbox" : "radio", name: "picked", value: product.id });
          box.checked = chosen.has(product.id);
          box.addEventListener("change", () => {
            if (!isMany) chosen.clear();
            if (box.checked && chosen.size < most) chosen.set(product.id, product);
            else {
              chosen.delete(product.id);
              box.checked = false;
            }
          });
          const image = product.images[0] ? [make("img", { src: product.images[0].originalSrc, alt: "", width: 32, height: 32 })] : [];
          return make("li", {}, make("label", {}, box, ...image, make("span", {}, product.title), make("small", {}, product.status.toLowerCase())));
        }));
      };
      let timer = 0;
      search.value = options.query ?? "";
      search.oninput = () => {
        clearTimeout(timer);
        timer = setTimeout(() => void draw(), 200);
      };
      const end = (result) => {
        dialog.onclose = null;
        dialog.close();
        resolve(result);
      };
      byId("picker-add").onclick = () => end([...chosen.keys()].map((id) => chosen.get(id) ?? known.get(id) ?? { id }));
      byId("picker-cancel").onclick = () => end(undefined);
      dialog.onclose = () => resolve(undefined);
      void draw();
      dialog.showModal();
    });

  const handlers = {
    path({ path }) {
      const [pathname, search = ""] = path.split("?");
      const target = `${adminPath(pathname)}${search ? `?${search}` : ""}`;
      history.replaceState(null, "", facts.locale === "en" ? target : `${target}${search ? "&" : "?"}locale=${facts.locale}`);
    },
    admin: ({ path }) => location.assign(`/admin${path}`),
    menu: drawMenu,
    title: drawTitle,
    saveBar: drawSaveBar,
    saveBarAttention: drawAttention,
    toast: drawToast,
    toastHide: ({ id }) => hideToast(id),
    modal: ({ isOpen }) => document.body.classList.toggle("has-modal", isOpen),
    loading: ({ isLoading }) => document.body.classList.toggle("is-loading", isLoading),
    hello() {
      document.body.classList.remove("is-loading", "has-modal");
      drawSaveBar({ isOpen: false });
    },
    idToken: ({ call }) => reply(call, getJson("/admin/internal/id-token").then(({ token }) => token)),
    extensions: ({ call }) => reply(call, getJson("/admin/internal/extensions")),
    scopes: ({ call }) => reply(call, getJson("/admin/internal/scopes")),
    user: ({ call }) => reply(call, Promise.resolve({ id: 1, accountAccess: "Account owner", name: "Store Owner" })),
    resourcePicker: ({ call, options }) => reply(call, pick(options)),
  };
  window.addEventListener("message", (event) => {
    if (event.source !== frame?.contentWindow || event.origin !== appOrigin || !event.data?.devStore) return;
    handlers[event.data.type]?.(event.data);
  });
  if (frame) {
    document.body.classList.add("is-loading");
    frame.addEventListener("load", () => document.body.classList.remove("is-loading"));
    frame.src = frame.dataset.src;
  }
})();
