/** Address of a picture in D/images, as the storefront serves it; a full address stays as it is. */
export function imageUrl(path: string, origin: string): string {
  if (/^https?:\/\//.test(path)) return path;
  const name = path.replace(/^\/?(cdn\/)?images\//, "");
  return `${origin}/cdn/images/${name.split("/").map(encodeURIComponent).join("/")}`;
}
