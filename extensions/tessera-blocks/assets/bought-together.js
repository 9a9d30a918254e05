// The block works without this file. With it, the total follows the checkboxes and the first line follows the variant
// picked in the theme's own product form.
(() => {
  const amount = (minor, format) => {
    const places = /no_decimals/.test(format) ? 0 : 2;
    const [thousands, point] = /comma_separator/.test(format) ? [".", ","] : [",", "."];
    const [whole, rest] = (minor / 100).toFixed(places).split(".");
    const digits = whole.replace(/\B(?=(\d{3})+$)/g, thousands) + (rest ? point + rest : "");
    return format.replace(/\{\{\s*\w+\s*\}\}/, () => digits);
  };

  const inWords = (minor, form) => new DOMParser().parseFromString(amount(minor, form.dataset.moneyFormat), "text/html").body.textContent;

  const update = (form) => {
    let total = 0;
    for (const item of form.querySelectorAll("[data-tessera-item]")) {
      const box = item.querySelector("input[type=checkbox]");
      const taken = !box || box.checked;
      item.classList.toggle("tessera-bundle__item--off", !taken);
      if (taken) total += Number(item.dataset.price);
    }
    form.querySelector("[data-tessera-total]").textContent = inWords(total, form);
  };

  const follow = (form, variantId) => {
    const list = form.querySelector("[data-tessera-variants]");
    const variant = list && JSON.parse(list.textContent).find((each) => each && String(each.id) === variantId);
    if (!variant) return;
    const main = form.querySelector("[data-tessera-item]");
    main.dataset.price = variant.price;
    main.querySelector('[name="items[][id]"]').value = variant.id;
    main.querySelector("[data-tessera-variant]").textContent = variant.title;
    main.querySelector("[data-tessera-price]").textContent = inWords(variant.price, form);
    update(form);
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("[data-tessera-bundle]");
    if (form) update(form);
    else if (event.target.name === "id" && /\/cart\/add/.test(event.target.form?.action)) {
      for (const bundle of document.querySelectorAll("[data-tessera-bundle]")) follow(bundle, event.target.value);
    }
  });
  // A browser that goes back restores the boxes as they were left.
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-tessera-bundle]").forEach(update));
})();
