import { incomingDeletion } from "../payloads/deletion.server.ts";
import { defineTopic } from "../topic.server.ts";

export const checkoutsDelete = defineTopic("checkouts/delete", incomingDeletion, ({ id }) => ({ id }));
