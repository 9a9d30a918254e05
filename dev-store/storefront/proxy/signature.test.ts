import { describe, expect, it } from "vitest";
import { signProxyQuery, signedQuery } from "./signature.ts";

// Shopify's documentation, "Authenticate app proxies"; secret "hush".
const vectors = [
  ["extra=1&extra=2&shop=shop-name.myshopify.com&logged_in_customer_id=1&path_prefix=%2Fapps%2Fawesome_reviews&timestamp=1317327555", "4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb"],
  ["extra=1&extra=2&shop=shop-name.myshopify.com&logged_in_customer_id=&path_prefix=%2Fapps%2Fawesome_reviews&timestamp=1317327555", "e072b6d7e6622d85912a5214b860d3100dc1e73d9bc29f43796ac8c9ff8093cb"],
] as const;

describe("app proxy signature", () => {
  it.each(vectors)("equals the published one of %s", (query, signature) => {
    expect(signProxyQuery(new URLSearchParams(query), "hush")).toBe(signature);
  });

  it.each([[1, vectors[0][1]], [null, vectors[1][1]]])("is put on a forwarded query, customer %s", (customerId, signature) => {
    const query = signedQuery(new URLSearchParams("extra=1&extra=2"), { shopDomain: "shop-name.myshopify.com", customerId, pathPrefix: "/apps/awesome_reviews", wallMs: 1_317_327_555_900 }, "hush");
    expect(query.get("signature")).toBe(signature);
    expect(query.getAll("extra")).toEqual(["1", "2"]);
  });

  it("does not let a visitor speak as Shopify", () => {
    const forged = new URLSearchParams("logged_in_customer_id=7&shop=other.myshopify.com&signature=00&timestamp=1&limit=3");
    const query = signedQuery(forged, { shopDomain: "mine.myshopify.com", customerId: null, pathPrefix: "/apps/tessera", wallMs: 5_000 }, "hush");
    expect(Object.fromEntries(query)).toMatchObject({ shop: "mine.myshopify.com", logged_in_customer_id: "", timestamp: "5", limit: "3" });
    expect(query.getAll("shop")).toHaveLength(1);
    expect(query.get("signature")).toBe(signProxyQuery(query, "hush"));
  });
});
