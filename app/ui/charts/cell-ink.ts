export interface CellInk {
  /** Per cent of ink in the mix of tessera.css (`--weight`) */
  readonly weight: number;
  readonly isLightText: boolean;
}

/** Between these two neither black nor white text reaches 4.5:1 on the mix of tessera.css: no cell gets such an ink. */
const LAST_UNDER_DARK = 68;
const FIRST_UNDER_LIGHT = 77;

/** How dark a cell is whose figure is this share of the largest (0..1), and the colour of the text that can be read on it. */
export function inkOfShare(share: number): CellInk {
  if (share <= 0) return { weight: 0, isLightText: false };
  const wanted = 5 + 95 * Math.min(1, share);
  if (wanted <= LAST_UNDER_DARK) return { weight: wanted, isLightText: false };
  return { weight: FIRST_UNDER_LIGHT + ((wanted - LAST_UNDER_DARK) * (100 - FIRST_UNDER_LIGHT)) / (100 - LAST_UNDER_DARK), isLightText: true };
}
