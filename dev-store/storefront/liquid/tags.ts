import { Hash, Tag, type Context, type Emitter, type Liquid, type TagToken, type Template, type TopLevelToken } from "liquidjs";
import { escapeHtml } from "./filters.ts";

/** `{% schema %}`: settings for the editor, printed by nothing. */
class SchemaTag extends Tag {
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    for (let next = remaining.shift(); next; next = remaining.shift()) {
      if ("name" in next && next.name === "endschema") return;
    }
    throw new Error("schema tag is not closed");
  }
  override render(): void {}
}

const forms: Record<string, string> = { product: "/cart/add", cart: "/cart", customer_login: "/account/login", localization: "/localization" };

/** `{% form 'product', product, class: '...' %}`: a form that posts where Shopify's would. */
class FormTag extends Tag {
  private readonly type: string;
  private readonly attributes: Hash;
  private readonly templates: Template[] = [];

  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    const opening = /^\s*(?:'(\w+)'|"(\w+)")(?:\s*,\s*[\w.]+(?=\s*(?:,|$)))?/.exec(token.args);
    this.type = opening?.[1] ?? opening?.[2] ?? "";
    if (!(this.type in forms)) throw new Error(`form type not simulated: ${token.args}`);
    this.attributes = new Hash(token.args.slice(opening?.[0].length ?? 0));
    const stream = liquid.parser.parseStream(remaining);
    stream
      .on("tag:endform", () => { stream.stop(); })
      .on("template", (template: Template) => { this.templates.push(template); })
      .on("end", () => { throw new Error("form tag is not closed"); });
    stream.start();
  }

  override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const attributes = (yield this.attributes.render(context)) as Record<string, unknown>;
    const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`).join("");
    emitter.write(`<form method="post" action="${forms[this.type]}" accept-charset="UTF-8"${written}><input type="hidden" name="form_type" value="${this.type}"><input type="hidden" name="utf8" value="✓">`);
    yield this.liquid.renderer.renderTemplates(this.templates, context, emitter);
    emitter.write("</form>");
  }
}

export function registerTags(engine: Liquid): void {
  engine.registerTag("schema", SchemaTag);
  engine.registerTag("form", FormTag);
}
