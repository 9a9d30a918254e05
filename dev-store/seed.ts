import { runSeed } from "./data/run-seed.ts";

process.exitCode = await runSeed(process.argv.slice(2));
