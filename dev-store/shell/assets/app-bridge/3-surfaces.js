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
