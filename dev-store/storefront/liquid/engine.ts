import { Liquid } from "liquidjs";
import { registerFilters, type FilterSetting } from "./filters.ts";
import { registerTags } from "./tags.ts";

export interface EngineFolders {
  readonly templates: string;
  readonly snippets: string;
  readonly layouts: string;
}

/** A Liquid of Shopify's dialect over one theme or one extension: each has its own snippets, locales and assets. */
export function createEngine(folders: EngineFolders, setting: FilterSetting): Liquid {
  const engine = new Liquid({
    root: [folders.templates, folders.layouts], partials: [folders.snippets], layouts: [folders.layouts], extname: ".liquid",
    cache: true, strictFilters: true, relativeReference: false, renderLimit: 2_000,
  });
  registerFilters(engine, setting);
  registerTags(engine);
  return engine;
}
