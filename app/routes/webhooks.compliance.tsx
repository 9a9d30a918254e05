import type { ActionFunctionArgs } from "@remix-run/node";
import { emptyResponse } from "#app/server/platform/http.server.ts";
import { answerCompliance } from "#webhooks/answer-compliance.server.ts";

export const loader = () => emptyResponse(405);
export const action = ({ request }: ActionFunctionArgs) => answerCompliance(request);
