/** Blocks of extensions/tessera-blocks, by file name. */
export const blocks = [
  { handle: "bought-together", template: "product" },
  { handle: "also-like", template: "index" },
] as const;
export type BlockHandle = (typeof blocks)[number]["handle"];

/** Opens the theme editor with the block already placed (deep link of theme app extensions). */
export function addBlockUrl(shopDomain: string, clientId: string, handle: BlockHandle): string {
  const template = blocks.find((block) => block.handle === handle)?.template ?? "product";
  return `https://${shopDomain}/admin/themes/current/editor?template=${template}&addAppBlockId=${encodeURIComponent(clientId)}/${handle}&target=newAppsSection`;
}
