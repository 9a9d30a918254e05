import type { ActionFunctionArgs } from "@remix-run/node";
import { emptyResponse } from "#app/server/platform/http.server.ts";
import { answerWebhook } from "#webhooks/answer-webhook.server.ts";

export const loader = () => emptyResponse(405);
export const action = ({ request }: ActionFunctionArgs) => answerWebhook(request);
