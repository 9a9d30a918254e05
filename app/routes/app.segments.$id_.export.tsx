import type { LoaderFunctionArgs } from "@remix-run/node";
import { toResponse } from "#app/server/platform/http.server.ts";
import { exportSegment } from "#app/server/usecases/segments/export-segment.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";

/** The members as a file, made while it is read; asked for with fetch, since a plain link does not say who asks. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, client, actor } = await requireShop(request);
  const { searchParams } = new URL(request.url);
  const columns = searchParams.getAll("column");
  const file = await exportSegment(shop, client, params.id ?? "", { format: searchParams.get("format") ?? "csv", ...(columns.length > 0 ? { columns } : {}) }, { actor, signal: request.signal });
  if (!file.ok) return toResponse(file.error);
  const { fileName, body } = file.value;
  return new Response(body, { headers: { "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": `attachment; filename="${fileName}"`, "Cache-Control": "no-store" } });
}
