import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { translateSentence } from "#app/server/usecases/segment-studio/translate-phrase.server.ts";
import { requireShop } from "#app/server/usecases/shop/require-shop.server.ts";

const asked = z.object({ phrase: z.string().max(1_000), withModel: z.boolean() });

/** A sentence as a query. */
export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const translated = await translateSentence(shop, asked.parse(await request.json()));
  return translated.ok ? { translation: translated.value } : { failure: translated.error };
}
