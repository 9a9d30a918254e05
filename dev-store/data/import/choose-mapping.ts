import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { bindColumns, type MissingColumn } from "./bind-columns.ts";
import { mappingSchema, type Mapping } from "./mapping.ts";
import { readHeader } from "./table-reader.ts";

const MAPPINGS = new URL("../mappings/", import.meta.url).pathname;
const TABLE = /\.(csv|txt|tsv)(\.gz)?$/i;

export class ImportRefused extends Error {}

/** Reads and checks a mapping file; the message names the file and what is wrong in it. */
export function readMapping(file: string): Mapping {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new ImportRefused(`mapping ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = mappingSchema.safeParse(json);
  if (!parsed.success) throw new ImportRefused(`mapping ${file}: ${parsed.error.issues.map((issue) => `${issue.path.join(".") || "(root)"}: ${issue.message}`).join("; ")}`);
  return parsed.data;
}

export interface ImportPlan {
  readonly mapping: Mapping;
  /** Absolute paths, sorted. */
  readonly files: readonly string[];
  readonly folder: string;
}

/** Finds the files and the mapping: the one that was named, else that of the folder's name, else the first whose columns the file has. */
export async function planImport(source: string, mappingFile: string | undefined): Promise<ImportPlan> {
  const given = path.resolve(source);
  const stat = statSync(given, { throwIfNoEntry: false });
  if (!stat) throw new ImportRefused(`${source}: no such file or folder`);
  const folder = stat.isDirectory() ? given : path.dirname(given);
  const all = stat.isDirectory() ? readdirSync(given).filter((name) => TABLE.test(name)).sort() : [path.basename(given)];
  const filesOf = (mapping: Mapping) => (stat.isDirectory() ? all.filter((name) => mapping.files.test(name)) : all).map((name) => path.join(folder, name));
  const plan = (mapping: Mapping): ImportPlan => {
    const files = filesOf(mapping);
    if (files.length === 0) throw new ImportRefused(`${source}: no file whose name matches ${mapping.files.source} (mapping ${mapping.name}); found ${all.join(", ") || "no CSV"}`);
    return { mapping, files, folder };
  };
  if (mappingFile !== undefined) return plan(readMapping(mappingFile));

  const known = readdirSync(MAPPINGS).filter((name) => name.endsWith(".json")).sort().map((name) => readMapping(path.join(MAPPINGS, name)));
  const byFolder = known.find((mapping) => mapping.name === path.basename(folder));
  if (byFolder && filesOf(byFolder).length > 0) return plan(byFolder);

  let closest: { mapping: Mapping; missing: MissingColumn[]; file: string; header: readonly string[] } | null = null;
  for (const mapping of known) {
    const [file] = filesOf(mapping);
    if (file === undefined) continue;
    const header = mapping.header ?? (await readHeader(file, mapping.delimiter));
    const { missing } = bindColumns(mapping, header);
    if (missing.length === 0 && !mapping.header) return plan(mapping);
    if (!mapping.header && (closest === null || mapping.name === "standard")) closest = { mapping, missing, file, header };
  }
  if (!closest) throw new ImportRefused(`${source}: no CSV file found`);
  throw new ImportRefused(describeMissing(closest.file, closest.missing, closest.header));
}

export function describeMissing(file: string, missing: readonly MissingColumn[], header: readonly string[]): string {
  return [
    ...missing.map(({ field, wanted }) => `${path.basename(file)}, line 1: no column for ${field} (wanted ${wanted.slice(0, 3).map((name) => `"${name}"`).join(" or ")})`),
    `the file has: ${header.join(", ") || "nothing"}; name the columns in a mapping file (--mapping)`,
  ].join("\n");
}
