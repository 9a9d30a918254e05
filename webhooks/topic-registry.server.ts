import type { InboxTopic } from "#app/core/webhook-payloads.ts";
import type { ComplianceReader, ComplianceTopic } from "./compliance.server.ts";
import type { TopicReader } from "./topic.server.ts";
import { appScopesUpdate } from "./topics/app-scopes-update.server.ts";
import { bulkOperationsFinish } from "./topics/bulk-operations-finish.server.ts";
import { checkoutsCreate } from "./topics/checkouts-create.server.ts";
import { checkoutsDelete } from "./topics/checkouts-delete.server.ts";
import { checkoutsUpdate } from "./topics/checkouts-update.server.ts";
import { customerTagsAdded } from "./topics/customer-tags-added.server.ts";
import { customerTagsRemoved } from "./topics/customer-tags-removed.server.ts";
import { customersCreate } from "./topics/customers-create.server.ts";
import { customersDataRequest } from "./topics/customers-data-request.server.ts";
import { customersDelete } from "./topics/customers-delete.server.ts";
import { customersMerge } from "./topics/customers-merge.server.ts";
import { customersRedact } from "./topics/customers-redact.server.ts";
import { customersUpdate } from "./topics/customers-update.server.ts";
import { inventoryLevelsUpdate } from "./topics/inventory-levels-update.server.ts";
import { ordersCreate } from "./topics/orders-create.server.ts";
import { ordersDelete } from "./topics/orders-delete.server.ts";
import { ordersUpdated } from "./topics/orders-updated.server.ts";
import { productsCreate } from "./topics/products-create.server.ts";
import { productsDelete } from "./topics/products-delete.server.ts";
import { productsUpdate } from "./topics/products-update.server.ts";
import { refundsCreate } from "./topics/refunds-create.server.ts";
import { shopRedact } from "./topics/shop-redact.server.ts";

/** Every topic of shopify.app.toml that goes through the inbox; the key and the reader's own topic are kept equal by a test. */
export const inboxTopics: Readonly<Record<InboxTopic, TopicReader>> = {
  "orders/create": ordersCreate,
  "orders/updated": ordersUpdated,
  "orders/delete": ordersDelete,
  "refunds/create": refundsCreate,
  "customers/create": customersCreate,
  "customers/update": customersUpdate,
  "customers/delete": customersDelete,
  "customers/merge": customersMerge,
  "customer.tags_added": customerTagsAdded,
  "customer.tags_removed": customerTagsRemoved,
  "checkouts/create": checkoutsCreate,
  "checkouts/update": checkoutsUpdate,
  "checkouts/delete": checkoutsDelete,
  "products/create": productsCreate,
  "products/update": productsUpdate,
  "products/delete": productsDelete,
  "inventory_levels/update": inventoryLevelsUpdate,
  "bulk_operations/finish": bulkOperationsFinish,
  "app/scopes_update": appScopesUpdate,
};

export const complianceTopics: Readonly<Record<ComplianceTopic, ComplianceReader>> = {
  "customers/data_request": customersDataRequest,
  "customers/redact": customersRedact,
  "shop/redact": shopRedact,
};

export function isComplianceTopic(topic: string): topic is ComplianceTopic {
  return Object.hasOwn(complianceTopics, topic);
}
