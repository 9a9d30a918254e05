import type { Liquid } from "liquidjs";
import { formatMoney, moneyFormat } from "../money-format.ts";
import type { Translate } from "./translations.ts";

export interface FilterSetting {
  readonly currency: string;
  readonly translate: Translate;
  /** Public address of a file under assets/. */
  readonly assetUrl: (name: string) => string;
}

/** A filter's named arguments arrive as [name, value] pairs among the others. */
function named(args: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(args.filter((arg): arg is [string, unknown] => Array.isArray(arg) && arg.length === 2 && typeof arg[0] === "string"));
}

export function escapeHtml(text: unknown): string {
  return String(text ?? "").replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function sourceOf(input: unknown): string {
  if (typeof input === "string") return input;
  if (typeof input !== "object" || input === null) return "";
  if ("src" in input && typeof input.src === "string") return input.src;
  return "featured_image" in input ? sourceOf(input.featured_image) : "";
}

/** The filters of Shopify's Liquid that themes and blocks here use; the rest of liquidjs' own are as in Shopify. */
export function registerFilters(engine: Liquid, setting: FilterSetting): void {
  const format = moneyFormat(setting.currency);

  engine.registerFilter("t", function (key: unknown, ...args: unknown[]) {
    const locale = this.context.getSync(["request", "locale", "iso_code"]);
    const words = setting.translate(typeof locale === "string" ? locale : "en", String(key), named(args));
    return String(key).endsWith("_html") ? words : escapeHtml(words);
  });
  engine.registerFilter("money", (hundredths: unknown) => formatMoney(Number(hundredths ?? 0), format));
  engine.registerFilter("money_with_currency", (hundredths: unknown) => `${formatMoney(Number(hundredths ?? 0), format)} ${setting.currency}`);
  engine.registerFilter("money_without_currency", (hundredths: unknown) => formatMoney(Number(hundredths ?? 0), "{{amount}}"));

  engine.registerFilter("image_url", (input: unknown, ...args: unknown[]) => {
    const source = sourceOf(input);
    if (!source) return "";
    const { width, height } = named(args);
    const query = [width && `width=${String(width)}`, height && `height=${String(height)}`].filter(Boolean).join("&");
    return query ? `${source}${source.includes("?") ? "&" : "?"}${query}` : source;
  });
  engine.registerFilter("image_tag", (url: unknown, ...args: unknown[]) => imageTag(String(url ?? ""), named(args)));
  engine.registerFilter("placeholder_svg_tag", (_: unknown, className: unknown) => placeholder(typeof className === "string" ? className : "placeholder-svg"));

  engine.registerFilter("asset_url", (name: unknown) => setting.assetUrl(String(name)));
  engine.registerFilter("stylesheet_tag", (url: unknown) => `<link href="${escapeHtml(url)}" rel="stylesheet" type="text/css" media="all">`);
  engine.registerFilter("script_tag", (url: unknown) => `<script src="${escapeHtml(url)}" type="text/javascript"></script>`);
  // As Shopify's: safe inside a script element.
  engine.registerFilter("json", (value: unknown) => JSON.stringify(value ?? null).replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`));
  engine.registerFilter("handleize", (text: unknown) => String(text ?? "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, ""));
}

function imageTag(url: string, options: Record<string, unknown>): string {
  if (!url) return "";
  const width = Number(options.width ?? /[?&]width=(\d+)/.exec(url)?.[1] ?? 600);
  const widths = typeof options.widths === "string" ? options.widths.split(",").map((each) => Number(each.trim())) : [];
  const attributes: Record<string, unknown> = {
    src: url,
    srcset: widths.length > 0 ? widths.map((each) => `${url.replace(/([?&]width=)\d+/, `$1${each}`)} ${each}w`).join(", ") : undefined,
    width,
    height: options.height ?? width,
    alt: options.alt ?? "",
  };
  for (const name of ["sizes", "loading", "class", "id", "fetchpriority", "style"]) attributes[name] = options[name];
  return `<img ${Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => `${name}="${escapeHtml(value)}"`).join(" ")}>`;
}

function placeholder(className: string): string {
  return `<svg class="${escapeHtml(className)}" viewBox="0 0 100 100" aria-hidden="true"><rect width="100" height="100" fill="currentColor" opacity=".06"/><path d="M34 38h32l5 36H29zM41 38a9 9 0 0 1 18 0" fill="none" stroke="currentColor" stroke-width="2.5" opacity=".4"/></svg>`;
}
