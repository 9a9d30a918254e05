import { describe, expect, it } from "vitest";
import { createEngine } from "./engine.ts";

const words: Record<string, string> = { plain: "Tea & {{ name }}", note_html: "<b>{{ name }}</b>" };
const engine = createEngine(
  { templates: ".", snippets: ".", layouts: "." },
  { currency: "USD", assetUrl: (name) => `/cdn/${name}`, translate: (_locale, key, values) => (words[key] ?? key).replace("{{ name }}", String(values.name ?? "")) },
);
const render = (source: string, scope: object = {}) => engine.parseAndRenderSync(source, scope);

describe("Shopify's Liquid", () => {
  it("escapes a translation unless its key says that it is HTML", () => {
    expect(render("{{ 'plain' | t: name: '<i>' }}")).toBe("Tea &#38; &#60;i&#62;");
    expect(render("{{ 'note_html' | t: name: 'x' }}")).toBe("<b>x</b>");
  });
  it("writes images with their sizes", () => {
    const image = { src: "/cdn/images/1.svg", alt: "A \"pot\"" };
    expect(render("{{ image | image_url: width: 400 | image_tag: widths: '200, 400', loading: 'lazy', alt: image.alt }}", { image })).toBe(
      '<img src="/cdn/images/1.svg?width=400" srcset="/cdn/images/1.svg?width=200 200w, /cdn/images/1.svg?width=400 400w" width="400" height="400" alt="A &#34;pot&#34;" loading="lazy">',
    );
    expect(render("{{ missing | image_url: width: 400 }}")).toBe("");
  });
  it("links assets", () => {
    expect(render("{{ 'a.css' | asset_url | stylesheet_tag }}{{ 'a.js' | asset_url | script_tag }}")).toBe(
      '<link href="/cdn/a.css" rel="stylesheet" type="text/css" media="all"><script src="/cdn/a.js" type="text/javascript"></script>',
    );
  });
  it("opens a form where Shopify would post it", () => {
    expect(render("{% form 'product', product, class: cls %}{{ product.id }}{% endform %}", { product: { id: 4 }, cls: "a\"b" })).toBe(
      '<form method="post" action="/cart/add" accept-charset="UTF-8" class="a&#34;b"><input type="hidden" name="form_type" value="product"><input type="hidden" name="utf8" value="✓">4</form>',
    );
  });
  it("keeps the schema off the page and JSON inside its script", () => {
    expect(render("a{% schema %}{\"name\": \"{{ x }}\"}{% endschema %}b")).toBe("ab");
    expect(render("{{ text | json }}", { text: "</script>&" })).toBe('"\\u003c/script\\u003e\\u0026"');
  });
  it("refuses a filter that is not simulated instead of passing it over", () => {
    expect(() => render("{{ 1 | weight_with_unit }}")).toThrow(/weight_with_unit/);
  });
});
