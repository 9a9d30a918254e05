import { join } from "node:path";
import { serveFile } from "../http/serve-file.ts";
import type { Route } from "../http/route.ts";
import { themeDir } from "../open-storefront.ts";

export const assetRoutes: readonly Route[] = [
  ["GET", /^\/cdn\/images\/(.+)$/, (front, visit, [name]) => serveFile(visit, join(front.context.config.dataDir, "images"), name)],
  ["GET", /^\/cdn\/theme\/([^/]+)$/, (_front, visit, [name]) => serveFile(visit, join(themeDir, "assets"), name)],
  [
    "GET",
    /^\/cdn\/extensions\/([^/]+)\/assets\/([^/]+)$/,
    (front, visit, [handle, name]) => {
      const extension = [...front.blocks.values()].find((block) => block.extension.handle === handle)?.extension;
      return serveFile(visit, extension ? join(extension.dir, "assets") : join(themeDir, "none"), name);
    },
  ],
  ["GET", /^\/favicon\.ico$/, (_front, visit) => serveFile(visit, join(themeDir, "assets"), "favicon.svg")],
];
