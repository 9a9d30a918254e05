import { z } from "zod";
import { shopifyId } from "./fields.server.ts";

/** The id is all that Shopify still says of a deleted thing. */
export const incomingDeletion = z.object({ id: shopifyId });
