import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import remixOptions from "./remix.config.js";

export default defineConfig({
  server: { port: Number(process.env.PORT ?? 3000), host: "127.0.0.1" },
  plugins: [remix(remixOptions)],
  build: { assetsInlineLimit: 0, sourcemap: false },
  ssr: { noExternal: ["@shopify/polaris", "@shopify/shopify-app-remix"] },
  optimizeDeps: { include: ["@shopify/app-bridge-react", "@shopify/polaris"] },
});
