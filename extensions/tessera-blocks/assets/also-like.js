(() => {
  const filled = "tesseraFilled";

  // The app counts in minor units of the currency; themes, as Shopify's Liquid, in hundredths whatever the currency.
  const money = (minor, currency, section) => {
    const format = section.dataset.moneyFormat;
    const style = new Intl.NumberFormat(document.documentElement.lang || undefined, { style: "currency", currency });
    const amount = minor / 10 ** style.resolvedOptions().maximumFractionDigits;
    if (currency !== section.dataset.currency || !format) return style.format(amount);
    const places = /no_decimals/.test(format) ? 0 : 2;
    const [thousands, point] = /comma_separator/.test(format) ? [".", ","] : [",", "."];
    const [whole, rest] = amount.toFixed(places).split(".");
    const digits = whole.replace(/\B(?=(\d{3})+$)/g, thousands) + (rest ? point + rest : "");
    const html = format.replace(/\{\{\s*\w+\s*\}\}/, () => digits);
    return new DOMParser().parseFromString(html, "text/html").body.textContent;
  };

  const reasonText = (reason, section) => {
    const words = section.dataset;
    if (!reason || !words.reasonShop) return "";
    if (reason.code === "bought_with_alike") return words.reasonAlike;
    if (reason.code === "category_best_seller") return words.reasonCategory;
    if (reason.code === "shop_best_seller") return words.reasonShop;
    if (reason.code === "bought_together" && reason.orders > 0) {
      return reason.orders === 1 ? words.reasonOne : words.reasonMany.replace("[n]", reason.orders);
    }
    return reason.text || "";
  };

  // Shopify's own recommendations, in the shape of the app's answer.
  const fromNative = (product, section) => ({
    url: product.url,
    title: product.title,
    imageUrl: product.featured_image && (product.featured_image.src || product.featured_image),
    imageAlt: product.title,
    priceMinor: (product.price / 100) * 10 ** new Intl.NumberFormat("en", { style: "currency", currency: section.dataset.currency }).resolvedOptions().maximumFractionDigits,
    currency: section.dataset.currency,
    reason: null,
  });

  const element = (tag, className, text) => {
    const node = document.createElement(tag);
    node.className = className;
    if (text) node.textContent = text;
    return node;
  };

  const card = (item, section) => {
    const li = element("li", "tessera-also__item");
    const link = element("a", "tessera-also__link");
    link.href = item.url;
    const media = element("span", "tessera-also__media");
    if (item.imageUrl) {
      const image = new Image(400, 400);
      image.loading = "lazy";
      image.alt = "";
      image.src = item.imageUrl;
      media.append(image);
    }
    const text = element("span", "tessera-also__text");
    text.append(element("span", "tessera-also__title", item.title), element("span", "tessera-also__price", money(item.priceMinor, item.currency, section)));
    const reason = reasonText(item.reason, section);
    if (reason) text.append(element("span", "tessera-reason", reason));
    link.append(media, text);
    li.append(link);
    return li;
  };

  // What is already in view must not move; what is still below it may shrink.
  const isBelowView = (node) => node.getBoundingClientRect().top >= window.innerHeight;

  const show = (section, items) => {
    const list = section.querySelector("ul");
    list.removeAttribute("aria-busy");
    if (items.length === 0) {
      if (isBelowView(section)) section.hidden = true;
      else section.classList.add("tessera-also--none");
      return;
    }
    if (!isBelowView(section)) list.style.minHeight = `${list.offsetHeight}px`;
    list.replaceChildren(...items.map((item) => card(item, section)));
  };

  const answer = async (url, options) => {
    const response = await fetch(url, { headers: { accept: "application/json" }, ...options });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  };

  // Without consent to personalisation the request carries no cookie, so nobody can say who asked.
  const credentials = () => {
    const privacy = window.Shopify?.customerPrivacy;
    return privacy?.preferencesProcessingAllowed?.() === false ? "omit" : "same-origin";
  };

  const load = async (section) => {
    const limit = Number(section.dataset.limit);
    let items = [];
    try {
      items = (await answer(section.dataset.url, { credentials: credentials() })).items.slice(0, limit);
    } catch {
      // The app is away: Shopify's own follow below, and the visitor need not know.
    }
    if (items.length === 0 && section.dataset.fallbackUrl) {
      try {
        items = (await answer(section.dataset.fallbackUrl)).products.slice(0, limit).map((product) => fromNative(product, section));
      } catch {
        items = [];
      }
    }
    show(section, items);
  };

  const start = () => {
    for (const section of document.querySelectorAll("[data-tessera-also]")) {
      if (section.dataset[filled]) continue;
      section.dataset[filled] = "1";
      load(section);
    }
  };

  const whenIdle = window.requestIdleCallback || ((run) => setTimeout(run, 1));
  const startWhenIdle = () => whenIdle(start, { timeout: 1000 });
  if (document.readyState === "complete") startWhenIdle();
  else window.addEventListener("load", startWhenIdle, { once: true });
  document.addEventListener("shopify:section:load", start);
})();
