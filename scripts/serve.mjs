// The web process: the built app behind Express, as remix-serve does it, but no log line carries a URL's query: id tokens stand there.
import { createRequestHandler } from "@remix-run/express";
import { installGlobals } from "@remix-run/node";
import compression from "compression";
import express from "express";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const STOP_AFTER_MS = 8_000;

// Node's own fetch: Remix's polyfill ends the process when a call with a body runs into its time limit (its abort rejects a promise that nobody holds).
installGlobals({ nativeFetch: true });
const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? "0.0.0.0";
const build = await import(pathToFileURL(resolve("build/server/index.js")).href).catch((error) => {
  // Such as the environment that is not complete: its message names what is missing.
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

const app = express();
app.disable("x-powered-by");
app.use(compression());
app.use(build.publicPath, express.static(build.assetsBuildDirectory, { immutable: true, maxAge: "1y" }));
app.use(express.static("public", { maxAge: "1h" }));
app.all("*", createRequestHandler({ build, mode: process.env.NODE_ENV ?? "production" }));

const server = app.listen(port, host, () => console.log(`web ready on http://${host}:${port}`));
server.on("error", (error) => {
  console.error(`the web process cannot listen on ${host}:${port}: ${error.message}`);
  process.exit(1);
});

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    setTimeout(() => {
      server.closeAllConnections();
      process.exit(0);
    }, STOP_AFTER_MS).unref();
    server.closeIdleConnections();
  });
}
