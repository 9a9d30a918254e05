import { escapeHtml } from "../liquid/filters.ts";
import type { BlockSchema, ExtensionBlock } from "./load-extensions.ts";
import type { PlacedBlock } from "./placed-blocks.ts";

export interface RenderedBlocks {
  /** One HTML text for each app block that stands in the template. */
  readonly sections: string[];
  readonly head: string;
  readonly bodyEnd: string;
}

export interface BlockSurroundings {
  readonly template: string;
  /** What Shopify gives to a block: global objects and the objects of the template. */
  readonly globals: Record<string, unknown>;
  readonly findProduct: (idOrHandle: string | number) => object | null;
  readonly onError: (block: string, error: unknown) => void;
}

/** Renders what stands in this template: app blocks for its sections, embeds for head and body, their assets once. */
export function renderBlocks(blocks: ReadonlyMap<string, ExtensionBlock>, placed: readonly PlacedBlock[], around: BlockSurroundings): RenderedBlocks {
  const sections: string[] = [];
  const heads: string[] = [];
  const bodies: string[] = [];
  const assets = new Set<string>();
  for (const place of placed) {
    const block = blocks.get(place.block);
    if (!block || !isEnabled(block, around)) continue;
    const { schema, extension } = block;
    const html = renderOne(block, place, around);
    if (schema.target === "section") {
      const tag = schema.tag ?? "div";
      sections.push(`<${tag} id="shopify-block-${blockId(place)}" class="shopify-block shopify-app-block ${escapeHtml(schema.class ?? "")}">${html}</${tag}>`);
    } else (schema.target === "body" ? bodies : heads).push(html);
    if (schema.stylesheet) assets.add(`<link rel="stylesheet" href="${extension.assetUrl(schema.stylesheet)}" media="all">`);
    if (schema.javascript) assets.add(`<script src="${extension.assetUrl(schema.javascript)}" async></script>`);
  }
  return { sections, head: [...assets, ...heads].join("\n"), bodyEnd: bodies.join("\n") };
}

function blockId(place: PlacedBlock): string {
  return `app-block-${place.id}`;
}

function isEnabled({ schema, extension }: ExtensionBlock, { template, globals }: BlockSurroundings): boolean {
  const { enabled_on: enabled, disabled_on: disabled } = schema;
  if (enabled?.templates && !enabled.templates.includes(template) && !enabled.templates.includes("*")) return false;
  if (disabled?.templates?.some((each) => each === template || each === "*")) return false;
  return schema.available_if === undefined || extension.engine.parseAndRenderSync(schema.available_if, {}, { globals }) === "true";
}

function renderOne(block: ExtensionBlock, place: PlacedBlock, around: BlockSurroundings): string {
  const scope = {
    block: { id: blockId(place), type: `shopify://apps/tessera/blocks/${block.name}`, settings: fillSettings(block.schema, place.settings, around), shopify_attributes: "" },
    section: { id: `template--${around.template}__apps` },
  };
  try {
    return block.extension.engine.renderSync(block.templates, scope, { globals: around.globals });
  } catch (error) {
    // As on Shopify, a broken block shows its error in place and the page stands.
    around.onError(block.name, error);
    return `Liquid error (${escapeHtml(block.name)}): ${escapeHtml(error instanceof Error ? error.message : error)}`;
  }
}

/** The merchant's settings over the schema's defaults; resource settings become the objects they name. */
export function fillSettings(schema: BlockSchema, given: Record<string, unknown>, around: Pick<BlockSurroundings, "globals" | "findProduct">): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const setting of schema.settings) {
    if (setting.id === undefined) continue;
    const value = given[setting.id] ?? setting.default ?? null;
    if (setting.type === "product") {
      settings[setting.id] = typeof value === "string" || typeof value === "number" ? around.findProduct(value) : setting.autofill ? (around.globals.product ?? null) : null;
    } else settings[setting.id] = value;
  }
  return settings;
}
