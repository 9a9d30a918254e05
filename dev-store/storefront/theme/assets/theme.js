// Every page works without this file; with it, choices take effect at once.
document.documentElement.classList.add("js");

for (const field of document.querySelectorAll("[data-submit-on-change]")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}

const cart = document.querySelector("[data-cart-form]");
cart?.addEventListener("change", (event) => {
  if (event.target.matches('[name="updates[]"]')) cart.requestSubmit(cart.querySelector("[name=update]"));
});

const product = document.querySelector("[data-product-form]");
product?.addEventListener("change", (event) => {
  const { price, was, available, stock } = event.target.dataset;
  if (event.target.name !== "id" || !price) return;
  const shown = document.querySelector("[data-product-price]");
  const now = Object.assign(document.createElement("span"), { className: "price__now", textContent: price });
  const wrap = Object.assign(document.createElement("span"), { className: was ? "price price--sale" : "price" });
  wrap.append(now);
  if (was) wrap.append(" ", Object.assign(document.createElement("s"), { className: "price__was", textContent: was }));
  shown.replaceChildren(wrap);
  product.querySelector("[data-product-stock]").textContent = stock;
  const button = product.querySelector("[data-product-submit]");
  button.disabled = available !== "true";
  button.textContent = available === "true" ? button.dataset.add : button.dataset.soldOut;
  const address = new URL(location.href);
  address.searchParams.set("variant", event.target.value);
  history.replaceState(null, "", address);
});
