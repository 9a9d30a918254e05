/** Which shelf of the gallery a template stands on. */
export const templateFamilies = ["start", "win-back", "value", "cart", "discount", "calendar", "products", "lifecycle", "shopify-rfm", "classic-rfm", "klaviyo-rfm"] as const;
export type TemplateFamily = (typeof templateFamilies)[number];

/** What the merchant chooses before the query is whole; `{}` in the query stands for it, quotes included. */
export type TemplateChoice = "product-type" | "birth-date" | "segment";

/** A query to start from. Its name and its reason are words of the interface, by key. */
export interface SegmentTemplate {
  readonly key: string;
  readonly family: TemplateFamily;
  /** Of the group templates: the enum value that they ask for. */
  readonly group?: string;
  readonly choice?: TemplateChoice;
  readonly query: string;
}
