import { z } from "zod";
import { defineTopic } from "../topic.server.ts";

const incoming = z.object({ previous: z.array(z.string()), current: z.array(z.string()) });

export const appScopesUpdate = defineTopic("app/scopes_update", incoming, ({ previous, current }) => ({ previous, current }));
