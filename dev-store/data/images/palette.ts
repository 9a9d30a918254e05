export interface Palette {
  readonly main: string;
  readonly dark: string;
  readonly light: string;
  readonly accent: string;
  readonly background: string;
  readonly halo: string;
}

function toRgb(hex: string): [number, number, number] {
  return [Number.parseInt(hex.slice(1, 3), 16), Number.parseInt(hex.slice(3, 5), 16), Number.parseInt(hex.slice(5, 7), 16)];
}

/** Mixes two colours; 0 is the first, 1 the second. */
export function blend(from: string, to: string, share: number): string {
  const a = toRgb(from);
  const b = toRgb(to);
  return `#${a.map((value, i) => Math.round(value + (b[i] - value) * share).toString(16).padStart(2, "0")).join("")}`;
}

const ACCENTS = ["#e7b75f", "#d98b73", "#7fa7a0", "#b9a3c9", "#e9d8a6", "#8aa9c4"];
const BACKDROPS = ["#f6f1e7", "#eef2ec", "#f3edf1", "#ecf1f5", "#f7efe9", "#f1f0e8"];

export function createPalette(main: string, draw: number): Palette {
  const backdrop = BACKDROPS[Math.floor(draw * 977) % BACKDROPS.length];
  return {
    main,
    dark: blend(main, "#1d1f2b", 0.38),
    light: blend(main, "#ffffff", 0.42),
    accent: ACCENTS[Math.floor(draw * 499) % ACCENTS.length],
    background: backdrop,
    halo: blend(main, backdrop, 0.8),
  };
}
