import { defineConfig } from "vitest/config";

/** Unit tests stand beside pure code; everything that crosses a border lives in tests/. */
const project = (name: string, include: string[], more: object = {}) => ({
  test: {
    name,
    include,
    environment: "node",
    setupFiles: ["tests/harness/setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    ...more,
  },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project("unit", ["app/**/*.test.ts", "app/**/*.test.tsx", "dev-store/**/*.test.ts", "webhooks/**/*.test.ts", "bench/**/*.test.ts", "cli/**/*.test.ts"]),
      project("golden", ["tests/golden/**/*.test.ts"], { testTimeout: 300_000 }),
      project("property", ["tests/property/**/*.test.ts"], { testTimeout: 120_000 }),
      project("contract", ["tests/contract/**/*.test.ts"], { testTimeout: 120_000 }),
      project("integration", ["tests/integration/**/*.test.ts"], { testTimeout: 60_000 }),
      project("scenario", ["tests/scenario/**/*.test.ts"], { testTimeout: 60_000 }),
      project("e2e", ["tests/e2e/**/*.test.ts"], { testTimeout: 300_000, hookTimeout: 600_000, fileParallelism: false }),
    ],
  },
});
