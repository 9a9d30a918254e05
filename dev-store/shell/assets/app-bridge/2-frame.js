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
