import { fulfilPrivacyRequest } from "#app/server/privacy/fulfil-privacy-request.server.ts";
import { PermanentJobError, type JobHandler } from "./job-handler.server.ts";

export const handlePrivacyRequest: JobHandler<"privacy-request"> = async ({ requestId }, { shop, clock, log }) => {
  const request = await fulfilPrivacyRequest(requestId, { shop, clock, log });
  if (!request) throw new PermanentJobError(`the shop has no privacy request ${requestId}`);
};
