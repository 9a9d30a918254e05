import { emptyResponse } from "#app/server/platform/http.server.ts";

/** The proxy answers what it knows; everything else under it is not there. */
export const loader = () => emptyResponse(404);
export const action = () => emptyResponse(404);
