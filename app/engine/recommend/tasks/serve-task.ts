import type { RecommendAnswer, RecommendQuestion } from "#app/core/recommendation-answer.ts";
import { isCounted, taskEvaluations } from "#app/core/recommendation-tasks.ts";
import type { IdIndex } from "../../snapshot/id-index.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { pickBeside } from "./pick-beside.ts";
import { pickCategories } from "./pick-categories.ts";
import { pickNewArrivals, pickRising } from "./pick-counted.ts";
import { pickCustomers } from "./pick-customers.ts";
import { pickForCustomer } from "./pick-for-customer.ts";
import { pickForMany } from "./pick-for-many.ts";
import { indexOf } from "./row-index.ts";
import type { Serving } from "./serving.ts";

/** What one task's function answers; the rest of the answer is the same for all. */
export type PartialAnswer = Partial<Pick<RecommendAnswer, "products" | "categories" | "customers" | "considered" | "fallback" | "types">> & { readonly model: string };

export interface ProductAndCustomerRows {
  readonly productRows: readonly number[];
  /** -1 when nobody is asked for, or the shop has no such customer. */
  readonly customerRow: number;
  /** null: everybody who ever bought. */
  readonly memberRows: Int32Array | null;
}

/** Answers one question; ids that the shop does not know are ignored. Pure: the same state and question, the same answer. */
export function serveTask(serving: Serving, question: RecommendQuestion): RecommendAnswer {
  const steps = serveTaskInSteps(serving, question);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The same in steps of a millisecond or a few, for callers that have other things to do meanwhile. */
export function* serveTaskInSteps(serving: Serving, question: RecommendQuestion): Generator<void, RecommendAnswer> {
  const { task } = question;
  const rows = readRows(serving.snapshot, question);
  const answer = yield* answerTask(serving, question, rows);
  return {
    task, fallback: null, products: [], categories: [], customers: [], considered: 0, ...answer,
    members: isCounted(task) ? [] : serving.members(taskEvaluations[task]), asOfMs: serving.snapshot.asOfMs,
  };
}

function* answerTask(serving: Serving, question: RecommendQuestion, rows: ProductAndCustomerRows): Generator<void, PartialAnswer> {
  switch (question.task) {
    case "similar":
    case "bought-together":
    case "complete-cart":
      return pickBeside(serving, question, rows.productRows);
    case "for-you":
    case "buy-again":
    case "win-back":
      return pickForCustomer(serving, question, rows.customerRow);
    case "next-category":
      return pickCategories(serving, question, rows.customerRow);
    case "segment-email":
    case "promotion":
      return yield* pickForMany(serving, question, rows.memberRows);
    case "rising":
      return pickRising(serving, question);
    case "new-arrivals":
      return pickNewArrivals(serving, question);
    case "product-customers":
      return yield* pickCustomers(serving, question, rows.productRows[0] ?? -1, rows.memberRows);
  }
}

function readRows({ products, customers }: Snapshot, { productIds, customerId, memberIds }: RecommendQuestion): ProductAndCustomerRows {
  const known = (ids: readonly number[], index: IdIndex) => [...new Set(ids)].map((id) => index.rowOf(id)).filter((row) => row >= 0);
  return {
    productRows: known(productIds, indexOf(products.id)),
    customerRow: customerId === null ? -1 : indexOf(customers.id).rowOf(customerId),
    memberRows: memberIds && Int32Array.from(known(memberIds, indexOf(customers.id))),
  };
}
