import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticate } from "#app/server/shopify/shopify.server.ts";

/** The library's own pages (`/auth/session-token`, `/auth/exit-iframe`) answer by throwing their response. */
export async function loader({ request }: LoaderFunctionArgs) {
  await authenticate.admin(request);
  return null;
}
