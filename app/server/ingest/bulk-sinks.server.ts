import { parseGid, type ShopId } from "#app/core/ids.ts";
import type { CustomerFieldsFragment, LineFieldsFragment, OrderFieldsFragment, ProductFieldsFragment, VariantFieldsFragment } from "#app/server/shopify/generated/operations.ts";
import { beginProductsInFile, dropWhatIsNotInFile, noteInFile } from "#app/server/store/products-in-file.server.ts";
import type { SyncResource } from "#app/server/store/sync-runs.server.ts";
import { listSurvivors, writeCustomer } from "#app/server/store/write-customers.server.ts";
import { listOrdersNewerThan, repointOrders, settleAllRefunds, writeOrderHead, writeOrderLine } from "#app/server/store/write-orders.server.ts";
import { countAllVariants, listProductsNewerThan, writeCollection, writeMembership, writeProductHead, writeVariant } from "#app/server/store/write-products.server.ts";
import { mapCollection, mapCustomer, mapLine, mapOrder, mapProduct, mapVariant } from "./map-records.server.ts";

/** One line of a bulk file. Its fields are what our bulk document selects; the mappers check each value they take. */
export interface BulkLine {
  readonly id: string;
  readonly __parentId?: string;
}

/**
 * Where lines go. Reading and writing are apart so that a line Shopify filled in an unexpected way can be left out,
 * while a database that refuses stops everything. Children may stand anywhere in the file: they are written under the
 * id of their parent without waiting for it, so memory holds only the few parents that are newer here than there.
 */
export interface BulkSink {
  read(line: BulkLine): () => number;
  /** After the last line. `isWhole` is false for the rest of a failed operation, whose silence means nothing. */
  finish(isWhole: boolean): void;
}

export interface SinkOptions {
  readonly currency: string;
  /** When Shopify began to read, by its own clock: the file is at least as new as this. */
  readonly readAtMs: number;
}

export function createBulkSink(shopId: ShopId, resource: SyncResource, options: SinkOptions): BulkSink {
  switch (resource) {
    case "products":
      return productSink(shopId, options);
    case "customers":
      return customerSink(shopId);
    case "orders":
      return orderSink(shopId, options);
  }
}

/** Keeps the set of parents that are newer here than in the file, and counts the row. */
function accept(newer: Set<number>, id: number, isWritten: boolean): number {
  if (isWritten) newer.delete(id);
  else newer.add(id);
  return Number(isWritten);
}

function customerSink(shopId: ShopId): BulkSink {
  return {
    read(line) {
      const customer = mapCustomer(line as CustomerFieldsFragment);
      return () => Number(writeCustomer(shopId, customer));
    },
    finish() {},
  };
}

function orderSink(shopId: ShopId, { currency, readAtMs }: SinkOptions): BulkSink {
  const newer = listOrdersNewerThan(shopId, readAtMs);
  const survivors = listSurvivors(shopId);
  return {
    read(line) {
      if (line.__parentId !== undefined) {
        const orderId = parseGid("Order", line.__parentId);
        const row = mapLine(line as LineFieldsFragment, currency);
        return () => {
          if (newer.has(orderId)) return 0;
          writeOrderLine(shopId, orderId, row);
          return 1;
        };
      }
      const order = mapOrder(line as OrderFieldsFragment);
      return () => {
        const { customerId } = order;
        const survivorId = customerId === null ? null : survivors.get(customerId);
        return accept(newer, order.id, writeOrderHead(shopId, order, survivorId === undefined ? customerId : survivorId));
      };
    },
    finish() {
      settleAllRefunds(shopId);
      // Merges and redactions that were applied while the file was read.
      repointOrders(shopId, listSurvivors(shopId));
    },
  };
}

function productSink(shopId: ShopId, { currency, readAtMs }: SinkOptions): BulkSink {
  const newer = listProductsNewerThan(shopId, readAtMs);
  beginProductsInFile(shopId);
  return {
    read(line) {
      if (line.__parentId === undefined) return readProduct(line as ProductFieldsFragment);
      const productId = parseGid("Product", line.__parentId);
      return line.id.includes("/Collection/") ? readMembership(productId, line) : readVariant(productId, line as VariantFieldsFragment);
    },
    finish(isWhole) {
      if (isWhole) dropWhatIsNotInFile(shopId, readAtMs);
      countAllVariants(shopId);
    },
  };

  function readProduct(node: ProductFieldsFragment) {
    const product = mapProduct(node);
    return () => {
      noteInFile(shopId, "product", product.id);
      return accept(newer, product.id, writeProductHead(shopId, product));
    };
  }

  function readVariant(productId: number, node: VariantFieldsFragment) {
    const variant = mapVariant(node, currency);
    return () => {
      noteInFile(shopId, "variant", variant.id);
      if (newer.has(productId)) return 0;
      writeVariant(shopId, productId, variant);
      return 1;
    };
  }

  function readMembership(productId: number, line: BulkLine) {
    const collection = mapCollection(line as BulkLine & { handle: string; title: string });
    return () => {
      noteInFile(shopId, "membership", productId, collection.id);
      if (newer.has(productId)) return 0;
      writeCollection(shopId, collection);
      writeMembership(shopId, productId, collection.id);
      return 1;
    };
  }
}
