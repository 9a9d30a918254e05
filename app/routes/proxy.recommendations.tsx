import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerRecommendations } from "#app/server/usecases/proxy/answer-recommendations.server.ts";

/** GET /apps/tessera/recommendations?kind=&product_id=&product_ids=&limit=&locale=, forwarded and signed by Shopify. */
export const loader = ({ request }: LoaderFunctionArgs) => answerRecommendations(request);
