import { createPalette } from "./palette.ts";
import type { ShapeName } from "./shapes.ts";
import { shapes } from "./shapes.ts";

export interface ImageSpec {
  readonly shape: ShapeName;
  /** #rrggbb */
  readonly colour: string;
  /** [0, 1): which backdrop, pattern and variant of the shape. */
  readonly draw: number;
}

/** Patterns of the main colour: plain three times in five. */
function pattern(kind: number, main: string, light: string): string {
  const gradient = `<linearGradient id="m" x1="0" y1="0" x2=".4" y2="1"><stop offset="0" stop-color="${light}"/><stop offset=".55" stop-color="${main}"/></linearGradient>`;
  if (kind === 3) return `<pattern id="m" width="22" height="22" patternUnits="userSpaceOnUse"><rect width="22" height="22" fill="${main}"/><path d="M0 6h22" stroke="${light}" stroke-width="6"/></pattern>`;
  if (kind === 4) return `<pattern id="m" width="24" height="24" patternUnits="userSpaceOnUse"><rect width="24" height="24" fill="${main}"/><circle cx="6" cy="6" r="4" fill="${light}"/><circle cx="18" cy="18" r="4" fill="${light}"/></pattern>`;
  return gradient;
}

/** A drawing of the product: same spec, same bytes. No text in it, so no font is needed. */
export function drawProductImage(spec: ImageSpec): string {
  const p = createPalette(spec.colour, spec.draw);
  const variant = Math.floor(spec.draw * 6151) % 12;
  const kind = Math.floor(spec.draw * 7919) % 5;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="800" height="800"><defs>${pattern(kind, p.main, p.light)}</defs>` +
    `<rect width="400" height="400" fill="${p.background}"/><circle cx="200" cy="204" r="158" fill="${p.halo}"/><ellipse cx="200" cy="346" rx="112" ry="13" fill="${p.dark}" opacity=".12"/>${shapes[spec.shape](p, variant)}</svg>\n`;
}
