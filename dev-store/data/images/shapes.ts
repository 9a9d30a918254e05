import { clothes } from "./clothes.ts";
import { gifts } from "./gifts.ts";
import { pantry } from "./pantry.ts";

export const shapes = { ...clothes, ...pantry, ...gifts };
export type ShapeName = keyof typeof shapes;

/** Words of a title that say what to draw; the first rule that matches wins. */
const WORDS: readonly (readonly [RegExp, ShapeName])[] = [
  [/\b(t-?lights?|candles?|candlesticks?|holders?|incense|votives?)\b/i, "candle"],
  [/\b(mugs?|cups?|tea ?cups?|beakers?)\b/i, "mug"], [/\b(lanterns?|lamps?|lights?|fairy lights)\b/i, "lantern"], [/\b(clocks?|watch)\b/i, "clock"],
  [/\b(bunting|garland|flags?|streamers?|paper chains?)\b/i, "bunting"], [/\b(umbrellas?|parasols?)\b/i, "umbrella"], [/\b(frames?|pictures?|mirrors?|signs?|plaques?|boards?|doormats?|maps?)\b/i, "frame"],
  [/\b(bags?|totes?|purses?|shoppers?|suitcases?|backpacks?|rucksacks?|luggage)\b/i, "bag"],
  [/\b(cards?|wrap|stickers?|notebooks?|tissues?|napkins?|paper|journals?|calendars?|stationery|envelopes?|books?|tags?)\b/i, "card"],
  [/\b(necklaces?|earrings?|bracelets?|rings?|brooch|pendants?|bangles?|jewel\w*)\b/i, "jewellery"], [/\b(bottles?|flasks?|vases?|jugs?|perfume|lotions?|soaps?)\b/i, "bottle"],
  [/\b(jars?|jam|honey|storage|canisters?)\b/i, "jar"], [/\b(tins?|cans?|buckets?|drums?)\b/i, "tin"], [/\b(cakes?|cakestand|cases|cupcakes?|baking|muffin|dessert)\b/i, "cake"],
  [/\b(bowls?|plates?|dish(es)?|trays?|saucers?|trinkets?|colanders?|basins?)\b/i, "bowl"], [/\b(box(es)?|lunch ?box|drawers?|cabinets?|crates?|chests?)\b/i, "box"],
  [/\b(scarf|scarves|shawls?|blankets?|throws?|aprons?|towels?)\b/i, "scarf"], [/\b(hats?|caps?|beanies?)\b/i, "hat"], [/\b(dolls?|toys?|bears?|rabbits?|bunny|owls?|cats?|dogs?|birds?|doll?y|animals?|puzzles?|spaceboy|games?)\b/i, "toy"],
  [/\b(chocolates?|sweets|candy|sweetheart)\b/i, "bar"], [/\b(tea|coffee|cocoa)\b/i, "pouch"], [/\b(bread|loaf|toast\w*)\b/i, "loaf"], [/\b(fruit|apples?|strawberry|pears?)\b/i, "fruit"], [/\b(socks?|slippers?)\b/i, "socks"],
  [/\b(shirts?|blouse)\b/i, "shirt"], [/\b(dress(es)?|gown)\b/i, "dress"], [/\b(cushions?|hearts?|hanging|love|wicker|wreath|decorations?|ornaments?|baubles?|stars?)\b/i, "heart"], [/\b(milk|cartons?|juice)\b/i, "carton"], [/\bcheese\b/i, "cheese"],
];

export function shapeForTitle(title: string): ShapeName {
  return WORDS.find(([words]) => words.test(title))?.[1] ?? "gift";
}
