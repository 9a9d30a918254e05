// The control page: reads the control API every few seconds while it can be seen.
(() => {
  "use strict";
  const REFRESH_MS = 3000;
  const byId = (id) => document.getElementById(id);
  const api = async (path, body) => {
    const response = await fetch(`/__control/api/${path}`, {
      ...(body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }), signal: AbortSignal.timeout(90_000),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error ?? `HTTP ${response.status}`);
    return answer;
  };
  let quiet = 0;
  const say = (text) => {
    byId("said").textContent = text;
    clearTimeout(quiet);
    quiet = setTimeout(() => (byId("said").textContent = ""), 6000);
  };
  const act = async (run) => {
    try {
      say(await run());
    } catch (error) {
      say(error.message);
    }
    await refresh();
  };
  const cell = (text, isBad) => Object.assign(document.createElement("td"), { textContent: text ?? "", className: isBad ? "bad" : "" });
  const row = (...cells) => {
    const line = document.createElement("tr");
    line.append(...cells);
    return line;
  };
  const time = (iso) => iso.slice(0, 19).replace("T", " ");

  async function refresh() {
    const [state, deliveries, calls] = await Promise.all([api("state"), api("deliveries?limit=40"), api("app-calls?limit=40")]);
    const facts = {
      Shop: `${state.shop.name} (${state.shop.domain})`, App: state.installed ? `installed at ${state.appUrl}` : "not installed", "Shop's time": `${time(state.now)} UTC, ${state.shop.timeZone}`,
      Products: state.counts.products, Customers: state.counts.customers, Orders: state.counts.orders, Discounts: `${state.counts.discounts} with ${state.counts.redeem_codes} codes`,
      Segments: state.counts.segments, Webhooks: Object.entries(state.deliveries).map(([name, count]) => `${count} ${name}`).join(", ") || "none",
    };
    byId("state").replaceChildren(...Object.entries(facts).flatMap(([name, value]) => [Object.assign(document.createElement("dt"), { textContent: name }), Object.assign(document.createElement("dd"), { textContent: value })]));
    byId("install").disabled = state.installed;
    byId("uninstall").disabled = !state.installed;
    byId("deliveries").replaceChildren(...deliveries.map((delivery) => {
      const replay = Object.assign(document.createElement("button"), { type: "button", textContent: "Replay" });
      replay.addEventListener("click", () => act(async () => {
        await api(`deliveries/${delivery.id}/replay`, {});
        return `${delivery.topic} sent again`;
      }));
      const last = document.createElement("td");
      last.append(replay);
      const status = delivery.error ? `${delivery.status}: ${delivery.error}` : delivery.status;
      return row(cell(time(delivery.triggeredAt)), cell(delivery.topic), cell(status, Boolean(delivery.error)), cell(delivery.attempts), cell(delivery.latencyMs), last);
    }));
    byId("calls").replaceChildren(...calls.map((call) => row(cell(time(call.at)), cell(call.operation), cell(call.summary.slice(0, 90)), cell(call.cost), cell(call.status, call.status !== "ok"))));
  }

  const fields = (form) => Object.fromEntries(new FormData(form));
  const onSubmit = (id, run) =>
    byId(id).addEventListener("submit", (event) => {
      event.preventDefault();
      void act(() => run(fields(event.currentTarget), event.currentTarget));
    });
  onSubmit("clock", async ({ advanceDays }) => `The shop's time is now ${time((await api("clock", { advanceDays: Number(advanceDays) })).now)} UTC`);
  onSubmit("order", async ({ customer, ware, quantity, discountCode }) => {
    const variantId = Number(/^(\d+)/.exec(ware)?.[1]);
    if (!variantId) throw new Error("Choose a product from the list");
    const customerId = Number(/^(\d+)/.exec(customer)?.[1]) || null;
    if (customer && !customerId && !customer.includes("@")) throw new Error("Choose a customer from the list");
    const order = await api("orders", { customerId, email: !customerId && customer ? customer : null, lines: [{ variantId, quantity: Number(quantity) }], discountCode: discountCode || null });
    return `Order ${order.name} placed`;
  });
  onSubmit("faults", async (values, form) => {
    const numbers = Object.fromEntries(Object.entries(values).filter(([name]) => name !== "reorder").map(([name, value]) => [name, Number(value) || 0]));
    await api("faults", { ...numbers, reorder: form.elements.reorder.checked });
    return "Faults set";
  });
  byId("install").addEventListener("click", () => act(async () => {
    const { appStatus, error } = await api("install", {});
    return error ? `Installed, but the app did not answer: ${error}` : `Installed; the app answered ${appStatus}`;
  }));
  byId("uninstall").addEventListener("click", () => act(async () => {
    await api("uninstall", {});
    return "Uninstalled";
  }));

  const suggest = (input, list, path, text) => {
    let timer = 0;
    const load = async () => {
      const found = await api(`${path}?query=${encodeURIComponent(input.value)}`);
      byId(list).replaceChildren(...found.map((entry) => Object.assign(document.createElement("option"), { value: text(entry) })));
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => void load(), 200);
    });
    void load();
  };
  suggest(byId("order").elements.customer, "people", "customers", (person) => `${person.id} ${[person.firstName, person.lastName].filter(Boolean).join(" ") || person.email || "Customer"} (${person.numberOfOrders} orders)`);
  suggest(byId("order").elements.ware, "wares", "products", (ware) => `${ware.variantId} ${ware.title} (${ware.stock} left)`);

  void refresh();
  setInterval(() => {
    if (document.visibilityState === "visible") refresh().catch((error) => say(error.message));
  }, REFRESH_MS);
})();
