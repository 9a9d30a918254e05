import type { Preset, TypeSpec } from "./preset.ts";

const PLACES = ["Sicilian", "Alpine", "Highland", "Provencal", "Andean", "Kyoto", "Black Forest", "Jura", "Cornish", "Basque", "Aegean", "Piedmont", "Yorkshire", "Galician", "Tuscan", "Cotswold"];
const METHODS = ["Organic", "Small-Batch", "Stone-Ground", "Slow-Roasted", "Raw", "Smoked", "Classic", "Farmhouse", "Biodynamic", "Everyday"];

const food = { pattern: "{first} {second} {noun}", first: PLACES, second: METHODS, colourIn: "none", sizeName: "Weight", sizePriceRatio: 1.8, priceSigma: 0.35 } as const;

const types: TypeSpec[] = [
  { ...food, type: "Bread", category: "Bakery", nouns: ["Sourdough Loaf", "Rye Loaf", "Baguette", "Seeded Loaf", "Ciabatta", "Spelt Loaf"], sizes: ["400 g", "800 g"], medianPrice: 4.2, weight: 7, tags: ["fresh", "breakfast"], shape: "loaf", blurb: "Proved for twenty hours, baked this morning.", cycleDays: [7, 14] },
  { ...food, type: "Pastry", category: "Bakery", nouns: ["Butter Croissant", "Cinnamon Bun", "Almond Tart", "Oat Biscuits", "Shortbread", "Lemon Cake"], sizes: [], medianPrice: 5.5, weight: 5, tags: ["fresh", "sweet"], shape: "cake", blurb: "Real butter, little sugar." },
  { ...food, type: "Coffee", category: "Coffee & Tea", second: ["Dark-Roast", "Medium-Roast", "Light-Roast", "Decaf", "Espresso", "Single-Estate"], nouns: ["Coffee Beans", "Ground Coffee", "Filter Coffee", "Cold-Brew Coffee"], sizes: ["250 g", "1 kg"], medianPrice: 9.5, weight: 6, tags: ["breakfast", "pantry"], shape: "pouch", blurb: "Roasted on Tuesdays, sent on Wednesdays.", cycleDays: [18, 35] },
  { ...food, type: "Tea", category: "Coffee & Tea", second: ["Loose-Leaf", "Smoky", "Spring", "Jasmine", "Spiced", "Bergamot", "Wild"], nouns: ["Black Tea", "Green Tea", "Oolong", "Herbal Infusion", "White Tea"], sizes: ["50 g", "100 g"], medianPrice: 7.5, weight: 5, tags: ["breakfast", "gift"], shape: "tin", blurb: "Whole leaves, picked by hand.", cycleDays: [30, 60] },
  { ...food, type: "Filters", category: "Coffee & Tea", pattern: "{second} {noun}, {first}", first: ["Size 2", "Size 4", "Pack of 40", "Pack of 100", "Reusable", "For Jugs"], second: ["Unbleached", "Bamboo", "Hemp", "Cotton", "Oxygen-White"], nouns: ["Coffee Filters", "Tea Filters"], sizes: [], medianPrice: 3.9, weight: 2, tags: ["household"], shape: "box", blurb: "No taste of paper." },
  { ...food, type: "Jam & Honey", category: "Pantry", second: ["Blood Orange", "Wild Blueberry", "Apricot", "Fig", "Heather", "Chestnut", "Lemon", "Raspberry", "Plum"], nouns: ["Jam", "Marmalade", "Honey", "Curd"], sizes: ["220 g", "450 g"], medianPrice: 5.8, weight: 6, tags: ["pantry", "breakfast", "gift"], shape: "jar", blurb: "More fruit than sugar." },
  { ...food, type: "Pasta", category: "Pantry", second: ["Bronze-Cut", "Egg", "Wholewheat", "Spinach", "Durum", "Chickpea"], nouns: ["Spaghetti", "Penne", "Tagliatelle", "Orecchiette", "Rigatoni", "Fusilli"], sizes: ["500 g", "1 kg"], medianPrice: 3.4, weight: 6, tags: ["pantry", "vegan"], shape: "box", blurb: "Dried slowly, so that it keeps its bite.", cycleDays: [20, 40] },
  { ...food, type: "Sauce", category: "Pantry", second: ["Tomato", "Basil", "Roasted Pepper", "Olive", "Mushroom", "Walnut", "Chilli"], nouns: ["Pasta Sauce", "Pesto", "Ragu", "Salsa"], sizes: [], medianPrice: 4.6, weight: 5, tags: ["pantry"], shape: "jar", blurb: "Five ingredients, all of them known to you." },
  { ...food, type: "Olive Oil", category: "Pantry", second: ["Early-Harvest", "Unfiltered", "Peppery", "Mild", "Lemon-Pressed", "Single-Estate"], nouns: ["Olive Oil", "Extra Virgin Oil", "Rapeseed Oil"], sizes: ["250 ml", "750 ml"], medianPrice: 11, weight: 3, tags: ["pantry", "gift"], shape: "bottle", blurb: "Pressed within six hours of picking." },
  { ...food, type: "Cheese", category: "Dairy & Deli", nouns: ["Cheddar", "Blue Cheese", "Goat Cheese", "Brie", "Mountain Cheese", "Pecorino"], sizes: ["200 g", "400 g"], medianPrice: 6.9, weight: 6, tags: ["chilled"], shape: "cheese", blurb: "Aged in a cellar that was there before us." },
  { ...food, type: "Dairy", category: "Dairy & Deli", second: ["Organic", "Whole", "Jersey", "Grass-Fed", "Lactose-Free", "Oat"], nouns: ["Milk", "Butter", "Yoghurt", "Kefir", "Cream"], sizes: [], medianPrice: 2.9, weight: 6, tags: ["chilled", "breakfast"], shape: "carton", blurb: "From thirty cows with names.", cycleDays: [7, 16] },
  { ...food, type: "Crackers", category: "Snacks & Sweets", second: ["Rosemary", "Sea Salt", "Charcoal", "Seeded", "Rye", "Cumin"], nouns: ["Crackers", "Crispbread", "Breadsticks", "Oatcakes"], sizes: [], medianPrice: 3.6, weight: 4, tags: ["pantry", "vegan"], shape: "box", blurb: "Thin, loud, good with cheese." },
  { ...food, type: "Chocolate", category: "Snacks & Sweets", second: ["72% Dark", "Milk", "Sea-Salt", "Hazelnut", "Orange", "85% Dark", "White", "Ginger"], nouns: ["Chocolate Bar", "Truffles", "Drinking Chocolate", "Cocoa Nibs"], sizes: [], medianPrice: 4.9, weight: 6, tags: ["sweet", "gift"], shape: "bar", blurb: "Stone-ground for three days." },
  { ...food, type: "Nuts & Snacks", category: "Snacks & Sweets", second: ["Salted", "Smoked", "Honeyed", "Chilli", "Roasted", "Plain"], nouns: ["Almonds", "Cashews", "Trail Mix", "Kettle Chips", "Popcorn", "Pumpkin Seeds"], sizes: ["150 g", "500 g"], medianPrice: 4.4, weight: 5, tags: ["vegan", "snack"], shape: "pouch", blurb: "Open carefully: they go quickly." },
  { ...food, type: "Fruit", category: "Fruit & Vegetables", second: ["Organic", "Ripe", "Seasonal", "Heritage", "Orchard"], nouns: ["Apples", "Blood Oranges", "Pears", "Strawberries", "Grapes", "Lemons"], sizes: ["500 g", "1 kg"], medianPrice: 3.9, weight: 7, tags: ["fresh", "vegan"], shape: "fruit", blurb: "Picked when it was ready, not when the lorry was." },
  { ...food, type: "Vegetables", category: "Fruit & Vegetables", second: ["Organic", "Young", "Seasonal", "Heritage", "Bunched"], nouns: ["Carrots", "Tomatoes", "Leeks", "Beetroot", "Courgettes", "New Potatoes"], sizes: ["500 g", "1 kg"], medianPrice: 3.1, weight: 7, tags: ["fresh", "vegan"], shape: "vegetable", blurb: "With the soil washed off, mostly." },
  { ...food, type: "Drinks", category: "Drinks", second: ["Cloudy", "Sparkling", "Rhubarb", "Elderflower", "Ginger", "Pear", "Quince"], nouns: ["Apple Juice", "Lemonade", "Kombucha", "Cordial", "Cider"], sizes: ["330 ml", "750 ml"], medianPrice: 4.1, weight: 5, tags: ["drinks"], shape: "bottle", blurb: "Pressed, not mixed.", cycleDays: [12, 28] },
  { ...food, type: "Pet Food", category: "Home & Pets", second: ["Chicken", "Salmon", "Grain-Free", "Lamb", "Senior", "Puppy", "Insect"], nouns: ["Dog Food", "Cat Food", "Cat Treats", "Dog Biscuits"], sizes: ["1 kg", "4 kg"], medianPrice: 12, weight: 3, tags: ["pets"], shape: "pouch", blurb: "Tested by a very old spaniel.", cycleDays: [20, 42] },
  { ...food, type: "Household", category: "Home & Pets", pattern: "{second} {noun}, {first}", first: ["1 L", "Refill", "500 ml", "Concentrate", "Family Size"], second: ["Lavender", "Citrus", "Unscented", "Eucalyptus", "Pine", "Rosemary"], nouns: ["Dish Soap", "Laundry Liquid", "Surface Cleaner", "Hand Soap"], sizes: [], medianPrice: 5.2, weight: 4, tags: ["household"], shape: "bottle", blurb: "Plant-based, hard on grease.", cycleDays: [28, 60] },
];

export const grocery: Preset = {
  name: "grocery",
  shopName: "Tessera Pantry",
  currency: "EUR",
  timeZone: "Europe/Berlin",
  shippingRate: 390,
  productsPer100: 220,
  vendors: ["Millers' Row", "Kleine Farm", "Oak & Barley", "Casa Verde", "Northern Dairy", "Ferment House", "Old Orchard", "Sole Mio", "Hof Linde", "Grain Guild"],
  colours: [
    { name: "Butter", hex: "#e8c66a" }, { name: "Tomato", hex: "#cf4f3a" }, { name: "Leaf", hex: "#7da453" }, { name: "Berry", hex: "#8a3f63" }, { name: "Cocoa", hex: "#6b4630" },
    { name: "Sky", hex: "#86b3cf" }, { name: "Apricot", hex: "#e59a5c" }, { name: "Olive", hex: "#8a8b45" }, { name: "Cream", hex: "#efe3c8" }, { name: "Forest", hex: "#3f6b52" },
  ],
  types,
  complements: [
    { main: "Pasta", with: "Sauce", directed: false }, { main: "Coffee", with: "Filters", directed: true }, { main: "Bread", with: "Jam & Honey", directed: false },
    { main: "Cheese", with: "Crackers", directed: false }, { main: "Tea", with: "Pastry", directed: true }, { main: "Vegetables", with: "Olive Oil", directed: true },
    { main: "Drinks", with: "Nuts & Snacks", directed: false }, { main: "Coffee", with: "Chocolate", directed: false }, { main: "Bread", with: "Dairy", directed: false },
  ],
  intensity: {
    months: [0.97, 0.95, 1.0, 1.02, 0.99, 0.97, 0.9, 0.88, 1.0, 1.03, 1.1, 1.24],
    weekdays: [0.72, 1.03, 0.98, 0.98, 1.08, 1.12, 1.1],
    hours: [0.12, 0.06, 0.04, 0.03, 0.05, 0.2, 0.55, 0.95, 1.35, 1.6, 1.65, 1.55, 1.45, 1.3, 1.25, 1.3, 1.5, 1.75, 1.85, 1.7, 1.45, 1.1, 0.65, 0.3],
  },
  countries: [["DE", 0.5], ["FR", 0.12], ["GB", 0.1], ["IT", 0.08], ["ES", 0.08], ["US", 0.04], ["CN", 0.05], ["IN", 0.03]],
  repeatMean: 7.2,
  repeatShape: 0.45,
  basketMuMean: 1.5,
  basketMuSd: 0.35,
  kappa: 0.08,
  extraQuantity: 0.35,
  returnRate: 0.055,
  churnShare: 0.3,
  cycleShare: 0.08,
};
