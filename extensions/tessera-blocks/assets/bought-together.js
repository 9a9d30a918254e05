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

  const update = (form) => {
    let total = 0;
    for (const item of form.querySelectorAll("[data-tessera-item]")) {
      const box = item.querySelector("input[type=checkbox]");
      const taken = !box || box.checked;
      item.classList.toggle("tessera-bundle__item--off", !taken);
      if (taken) total += Number(item.dataset.price);
    }
    const text = new DOMParser().parseFromString(amount(total, form.dataset.moneyFormat), "text/html").body.textContent;
    form.querySelector("[data-tessera-total]").textContent = text;
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("[data-tessera-bundle]");
    if (form) update(form);
  });
})();
