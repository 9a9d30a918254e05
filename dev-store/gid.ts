export function gid(type: string, id: number | string): string {
  return `gid://shopify/${type}/${id}`;
}

const GID = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d{1,16})$/;

/** Type and number of a gid; null when the text is none. */
export function readGid(text: string): { type: string; id: number } | null {
  const match = GID.exec(text);
  return match ? { type: match[1], id: Number(match[2]) } : null;
}

/** The number of a gid of this type; null for another type or no gid. */
export function readGidOf(type: string, text: string): number | null {
  const found = readGid(text);
  return found && found.type === type ? found.id : null;
}
