import { z } from "zod";
import { parseGid } from "#app/core/ids.ts";
import { defineTopic } from "../topic.server.ts";

const incoming = z.object({
  admin_graphql_api_customer_kept_id: z.string(),
  admin_graphql_api_customer_deleted_id: z.string(),
  status: z.string(),
});

export const customersMerge = defineTopic("customers/merge", incoming, (merge) => ({
  keptId: parseGid("Customer", merge.admin_graphql_api_customer_kept_id),
  deletedId: parseGid("Customer", merge.admin_graphql_api_customer_deleted_id),
  status: merge.status.toLowerCase(),
}));
