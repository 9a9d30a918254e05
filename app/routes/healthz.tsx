import { checkHealth } from "#app/server/usecases/health/check-health.server.ts";

export function loader() {
  const { isHealthy } = checkHealth();
  return new Response(isHealthy ? "ok" : "unavailable", { status: isHealthy ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
