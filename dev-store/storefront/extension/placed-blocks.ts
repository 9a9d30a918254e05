import type { Database } from "better-sqlite3";

export interface PlacedBlock {
  readonly id: number;
  readonly block: string;
  readonly settings: Record<string, unknown>;
}

/** What a merchant who followed the set-up guide has in the theme: template, block, position. */
const standard: readonly [template: string, block: string][] = [
  ["product", "bought-together"],
  ["product", "also-like"],
  ["cart", "also-like"],
  ["index", "also-like"],
];

/** Template of embeds, which show on every page. */
export const EVERY_TEMPLATE = "*";

export function placeStandardBlocks(db: Database): void {
  const insert = db.prepare("INSERT INTO theme_blocks (template, block, settings, position) VALUES (?, ?, '{}', ?)");
  const isEmpty = db.prepare("SELECT 1 FROM theme_blocks LIMIT 1").get() === undefined;
  if (isEmpty) db.transaction(() => standard.forEach(([template, block], at) => insert.run(template, block, at + 1)))();
}

export function listPlacedBlocks(db: Database, template: string): PlacedBlock[] {
  return db
    .prepare<[string, string], { id: number; block: string; settings: string }>("SELECT id, block, settings FROM theme_blocks WHERE template IN (?, ?) ORDER BY position, id")
    .all(template, EVERY_TEMPLATE)
    // Merchants' themes name a block by its address in the app; only the file's name matters here.
    .map((row) => ({ id: row.id, block: row.block.replace(/^.*\//, "").replace(/\.liquid$/, ""), settings: JSON.parse(row.settings) }));
}

/** Blocks of an app that is not installed are not shown, as after an uninstall. */
export function isAppInstalled(db: Database): boolean {
  return db.prepare<[], { installed: number }>("SELECT installed FROM installation WHERE id = 1").get()?.installed === 1;
}
