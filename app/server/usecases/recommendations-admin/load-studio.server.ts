import { defaultPickSettings, type PickReason, type PickSettings, type RecommendAnswer } from "#app/core/recommendation-answer.ts";
import { isCounted, recommendationTasks, taskSubjects, type RecommendationTask } from "#app/core/recommendation-tasks.ts";
import type { ProductCard } from "#app/core/recommendation-views.ts";
import type { StudioAnswerView, StudioView } from "#app/core/studio-views.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { readProductCards } from "#app/server/store/read-recommendations.server.ts";
import { listSegments } from "#app/server/store/segments.server.ts";
import { askRecommendations, type Asked } from "../recommenders/ask-recommendations.server.ts";
import { loadProductPicker } from "./load-product-picker.server.ts";

/** The recommendations page: one question, as its address says, and its answer; beside it, the answer of another member. */
export async function loadStudio(shop: ShopRef, params: URLSearchParams): Promise<StudioView> {
  const task = recommendationTasks.find((name) => name === params.get("task")) ?? "bought-together";
  const settings = readSettings(params);
  const productIds = params.getAll("product").flatMap((text) => toId(text) ?? []).slice(0, 20);
  const customerId = toId(params.get("customer"));
  const segments = (await listSegments(shop.id)).map(({ id, name }) => ({ id, name }));
  const segmentId = segments.find(({ id }) => id === params.get("segment"))?.id ?? null;
  const cards = readProductCards(shop.id, productIds);
  const products = productIds.flatMap((id) => cards.get(id) ?? []);
  const isAsked = isComplete(task, products, customerId, segmentId);
  const productType = isCounted(task) ? params.get("type") : null;
  const asked: Asked = { productType, productIds: products.map(({ productId }) => productId), settings, ...(customerId === null ? {} : { customerId }), ...(segmentId === null ? {} : { segmentId }) };
  const member = params.get("compare");
  const [answer, compared] = await Promise.all([isAsked ? ask(shop, task, asked, null) : null, isAsked && member ? ask(shop, task, asked, member) : null]);
  const needsPicker = taskSubjects[task] === "cart" || (taskSubjects[task] === "product" && products.length === 0);
  return {
    task, settings, products, customerId, segmentId, productType, segments, isNotReady: isAsked && answer === null, compare: member, answer, compared,
    ...loadProductPicker(shop, needsPicker ? (params.get("q") ?? "") : null),
  };
}

function isComplete(task: RecommendationTask, products: readonly ProductCard[], customerId: number | null, segmentId: string | null): boolean {
  const subject = taskSubjects[task];
  if (subject === "product" || subject === "cart") return products.length > 0;
  return subject === "shop" || (subject === "customer" ? customerId !== null : segmentId !== null);
}

/** Null while the shop's picture is being read. */
async function ask(shop: ShopRef, task: RecommendationTask, asked: Asked, member: string | null): Promise<StudioAnswerView | null> {
  const answer = await askRecommendations(shop, task, { ...asked, member });
  return answer.ok ? withCards(shop, answer.value) : null;
}

/** Each product with its card, and the titles that the reasons name. */
export function withCards(shop: ShopRef, answer: RecommendAnswer): StudioAnswerView {
  const named = [...answer.products, ...answer.customers].flatMap(({ reason }) => idsIn(reason));
  const cards = readProductCards(shop.id, [...new Set([...answer.products.map(({ productId }) => productId), ...named])]);
  const { products, ...rest } = answer;
  return {
    ...rest,
    products: products.flatMap((pick) => {
      const product = cards.get(pick.productId);
      return product ? [{ ...pick, product }] : [];
    }),
    titles: Object.fromEntries(named.map((id) => [id, cards.get(id)?.title ?? String(id)])),
  };
}

function idsIn(reason: PickReason): number[] {
  if (reason.code === "new-arrival") return [reason.alikeId, reason.withId].filter((id) => id !== null);
  return "productId" in reason ? [reason.productId] : [];
}

function readSettings(params: URLSearchParams): PickSettings {
  const share = (name: keyof PickSettings, standard: number) => {
    const value = Number(params.get(name) ?? NaN);
    return Number.isFinite(value) ? Math.min(1, Math.max(0, value / 100)) : standard;
  };
  const { diversity, novelty, margin, count } = defaultPickSettings;
  return { count, diversity: share("diversity", diversity), novelty: share("novelty", novelty), margin: share("margin", margin), hideSoldOut: params.get("soldOut") !== "show" };
}

function toId(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}
