// The table of design/house.md: a folder may import itself and what is named here, nothing else of ours.
const engine = ["core", "engine/math", "engine/snapshot", "engine/features", "engine/predict", "engine/segments", "engine/recommend", "engine/decide", "engine/measure"];
const server = ["server/platform", "server/shopify", "server/store", "server/ingest", "server/delivery", "server/privacy", "server/usecases"];
const allowed = {
  core: [],
  "engine/math": ["core"],
  "engine/snapshot": ["core", "engine/math"],
  "engine/features": ["core", "engine/math", "engine/snapshot"],
  "engine/predict": ["core", "engine/math", "engine/snapshot", "engine/features"],
  "engine/segments": ["core", "engine/math", "engine/snapshot", "engine/features", "engine/predict"],
  "engine/recommend": ["core", "engine/math", "engine/snapshot", "engine/features"],
  "engine/decide": engine,
  "engine/measure": engine,
  "server/platform": ["core"],
  "server/shopify": [...engine, "server/platform"],
  "server/store": [...engine, "server/platform"],
  "server/ingest": [...engine, "server/platform", "server/shopify", "server/store"],
  "server/delivery": [...engine, "server/platform", "server/shopify", "server/store", "server/ingest"],
  "server/privacy": [...engine, "server/platform", "server/shopify", "server/store", "server/ingest", "server/delivery"],
  "server/usecases": [...engine, ...server],
  "server/jobs": [...engine, ...server],
  ui: ["core", "engine/segments"],
  routes: ["core", "ui", "server/usecases", "server/shopify", "server/platform", "webhooks"],
};
const webhooks = ["core", "server/platform", "server/store", "server/privacy"];
const path = (folder) => `^app/${folder}/`;
const ours = "^(app|webhooks|extensions|tests|dev-store|bench|cli)/";

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    ...Object.entries(allowed).map(([folder, may]) => ({
      name: `house-${folder.replace("/", "-")}`,
      severity: "error",
      from: { path: path(folder), pathNot: "\\.test\\.tsx?$" },
      to: { path: ours, pathNot: [path(folder), ...may.map((name) => (name === "webhooks" ? "^webhooks/" : path(name)))].join("|") },
    })),
    { name: "house-webhooks", severity: "error", from: { path: "^webhooks/", pathNot: "\\.test\\.ts$" }, to: { path: ours, pathNot: ["^webhooks/", ...webhooks.map(path)].join("|") } },
    { name: "house-cli-bench", severity: "error", from: { path: "^(cli|bench)/" }, to: { path: "^(app/(ui|routes)|webhooks|extensions)/" } },
    { name: "house-dev-store", severity: "error", from: { path: "^dev-store/" }, to: { path: ours, pathNot: "^dev-store/" } },
    { name: "house-route-route", severity: "error", from: { path: "^app/routes/" }, to: { path: "^app/routes/" } },
    { name: "core-only-zod", severity: "error", from: { path: "^app/core/", pathNot: "\\.test\\.ts$" }, to: { dependencyTypes: ["npm", "npm-dev", "core"], pathNot: "node_modules/zod" } },
    { name: "engine-is-pure", severity: "error", from: { path: "^app/engine/", pathNot: "\\.test\\.ts$" }, to: { path: "^(node:)?(fs|http|https|net|child_process|worker_threads|crypto|os|path)$|node_modules/(@prisma|@shopify|react|@remix-run|better-sqlite3|pino)" } },
    { name: "prisma-in-store-only", severity: "error", from: { path: "^(app|webhooks|cli)/", pathNot: "^app/server/(store|platform)/" }, to: { path: "node_modules/(@prisma|better-sqlite3)|^app/server/platform/generated" } },
    { name: "polaris-in-ui-only", severity: "error", from: { path: "^(app|webhooks)/", pathNot: "^app/(ui/|root\\.tsx)" }, to: { path: "node_modules/@shopify/polaris" } },
    { name: "react-in-routes-and-ui", severity: "error", from: { path: "^app/(core|engine|server)/", pathNot: "^app/server/shopify/" }, to: { path: "node_modules/(react|react-dom|@remix-run)/" } },
    { name: "not-to-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^@graphql-typed-document-node/core$" } },
    { name: "no-test-imports", severity: "error", from: { path: "^app/", pathNot: "\\.test\\.tsx?$" }, to: { path: "\\.test\\.tsx?$|^tests/" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^app/server/platform/generated/|^build/|^\\.cache/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"], extensions: [".ts", ".tsx", ".js", ".mjs", ".json"] },
  },
};
