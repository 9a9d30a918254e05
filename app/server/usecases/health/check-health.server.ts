import { checkDatabase } from "#app/server/platform/database-health.server.ts";
import { getLogger } from "#app/server/platform/logger.server.ts";

/** For a load balancer: says whether this process can serve, and nothing about any shop. */
export function checkHealth(): { readonly isHealthy: boolean } {
  try {
    checkDatabase();
    return { isHealthy: true };
  } catch (error) {
    getLogger("check-health").error({ err: error }, "the database cannot be read");
    return { isHealthy: false };
  }
}
