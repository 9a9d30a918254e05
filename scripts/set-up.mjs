import { migrate, setUp } from "./lib/set-up.mjs";

const databaseUrl = process.env.DATABASE_URL ?? "file:./.data/tessera.db";
await setUp({ databaseUrl });
await migrate(databaseUrl);
