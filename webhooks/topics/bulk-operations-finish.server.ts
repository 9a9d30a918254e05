import { z } from "zod";
import { defineTopic } from "../topic.server.ts";

const incoming = z.object({
  admin_graphql_api_id: z.string().startsWith("gid://shopify/BulkOperation/"),
  type: z.string(),
  status: z.string(),
  error_code: z.string().nullish(),
});

/** Says only that it ended; the file's address is asked for by the job. */
export const bulkOperationsFinish = defineTopic("bulk_operations/finish", incoming, (operation) => ({
  bulkOperationGid: operation.admin_graphql_api_id,
  type: operation.type.toLowerCase(),
  status: operation.status.toLowerCase(),
  errorCode: operation.error_code ?? null,
}));
