import type { Preset, TypeSpec } from "./preset.ts";

const MATERIALS = ["Linen", "Organic Cotton", "Merino", "Silk", "Tencel", "Ramie", "Brushed Cotton", "Recycled Wool"];
const MODELS = ["Ines", "Nora", "Mika", "Alba", "Juno", "Thea", "Rosa", "Yuna", "Clara", "Noor", "Vida", "Greta", "Lena", "Maya", "Olive", "Signe", "Paloma", "Wren"];
const SIZES = ["XS", "S", "M", "L", "XL"];
const SHOE_SIZES = ["36", "37", "38", "39", "40", "41", "42", "43", "44"];

const wear = { pattern: "{first} {second} {noun}", first: MODELS, second: MATERIALS, colourIn: "option", sizes: SIZES, sizeName: "Size", sizePriceRatio: 1, priceSigma: 0.3 } as const;
const leather = ["Leather", "Suede", "Nubuck", "Canvas", "Vegan Leather", "Patent", "Waxed Canvas", "Grained Leather"];
const trinket = { pattern: "{first} {noun} in {second}", colourIn: "none", sizes: [], sizeName: "Size", sizePriceRatio: 1, priceSigma: 0.35 } as const;

const types: TypeSpec[] = [
  { ...wear, type: "Dress", category: "Dresses", nouns: ["Wrap Dress", "Midi Dress", "Shirt Dress", "Slip Dress", "Tea Dress", "Maxi Dress", "Pinafore"], medianPrice: 89, weight: 10, tags: ["summer", "occasion"], shape: "dress", blurb: "Cut on the bias so that it moves with you." },
  { ...wear, type: "Shirt", category: "Tops", nouns: ["Oxford Shirt", "Camp Shirt", "Blouse", "Tunic", "Overshirt", "Band-Collar Shirt"], medianPrice: 55, weight: 9, tags: ["office", "layering"], shape: "shirt", blurb: "Mother-of-pearl buttons, single-needle seams." },
  { ...wear, type: "T-shirt", category: "Tops", nouns: ["Crew Tee", "Pocket Tee", "Boxy Tee", "Long-Sleeve Tee", "Breton Tee"], medianPrice: 29, weight: 10, tags: ["basics"], shape: "tee", blurb: "A heavy jersey that keeps its shape after fifty washes." },
  { ...wear, type: "Knitwear", category: "Knitwear", second: ["Merino", "Lambswool", "Cashmere", "Alpaca", "Cotton", "Mohair", "Recycled Wool"], nouns: ["Crew Jumper", "Cardigan", "Roll-Neck", "Cable Jumper", "Knitted Vest", "Half-Zip"], medianPrice: 95, weight: 8, tags: ["winter", "layering"], shape: "jumper", blurb: "Knitted in one piece, without side seams." },
  { ...wear, type: "Trousers", category: "Trousers & Skirts", nouns: ["Wide-Leg Trousers", "Chinos", "Cropped Trousers", "Pleated Trousers", "Drawstring Trousers"], medianPrice: 79, weight: 7, tags: ["office"], shape: "trousers", blurb: "High in the waist, easy in the leg." },
  { ...wear, type: "Jeans", category: "Trousers & Skirts", second: ["Indigo", "Black", "Stone-Washed", "Ecru", "Raw", "Mid-Blue", "Faded Grey"], colourIn: "none", nouns: ["Straight Jeans", "Tapered Jeans", "Flared Jeans", "Slim Jeans", "Barrel Jeans"], medianPrice: 85, weight: 6, tags: ["denim", "basics"], shape: "trousers", blurb: "Twelve-ounce selvedge denim with copper rivets." },
  { ...wear, type: "Skirt", category: "Trousers & Skirts", nouns: ["Pleated Skirt", "A-Line Skirt", "Wrap Skirt", "Midi Skirt", "Pencil Skirt"], medianPrice: 65, weight: 5, tags: ["office", "summer"], shape: "skirt", blurb: "Lined, with pockets." },
  { ...wear, type: "Coat", category: "Coats & Jackets", second: ["Wool", "Waxed Cotton", "Boucle", "Quilted", "Down", "Tweed"], nouns: ["Trench Coat", "Duffle Coat", "Parka", "Wool Coat", "Chore Jacket", "Bomber Jacket"], medianPrice: 189, weight: 5, tags: ["winter", "outerwear"], shape: "coat", blurb: "Made for wind from the sea." },
  { ...wear, type: "Sneakers", category: "Shoes", second: leather, nouns: ["Low Sneaker", "Court Sneaker", "Running Sneaker", "High-Top", "Slip-On"], sizes: SHOE_SIZES, medianPrice: 99, weight: 7, tags: ["shoes", "everyday"], shape: "sneaker", blurb: "A stitched rubber sole that can be replaced." },
  { ...wear, type: "Boots", category: "Shoes", second: leather, nouns: ["Chelsea Boot", "Ankle Boot", "Lace-Up Boot", "Desert Boot"], sizes: SHOE_SIZES, medianPrice: 149, weight: 5, tags: ["shoes", "winter"], shape: "boot", blurb: "Goodyear-welted and ready for winter." },
  { ...wear, type: "Bag", category: "Bags", second: leather, nouns: ["Tote Bag", "Crossbody Bag", "Bucket Bag", "Weekender", "Backpack", "Satchel"], sizes: [], medianPrice: 119, weight: 6, tags: ["accessories", "everyday"], shape: "bag", blurb: "Holds a laptop, a book and a bunch of leeks." },
  { ...trinket, type: "Belt", category: "Accessories", first: MODELS, second: ["Tan Leather", "Black Leather", "Cognac Suede", "Braided Cotton", "Navy Canvas", "Chestnut Leather"], nouns: ["Belt", "Woven Belt", "Wide Belt", "Slim Belt"], sizes: ["S", "M", "L"], medianPrice: 35, weight: 3, tags: ["accessories"], shape: "belt", blurb: "Full-grain, with a solid brass buckle." },
  { ...trinket, type: "Scarf", category: "Accessories", first: MODELS, second: ["Rust Check", "Ivory Wool", "Moss Silk", "Blue Stripe", "Charcoal Cashmere", "Rose Print", "Saffron Linen"], nouns: ["Scarf", "Square Scarf", "Blanket Scarf", "Shawl"], medianPrice: 42, weight: 4, tags: ["accessories", "winter"], shape: "scarf", blurb: "Woven on slow looms, finished by hand." },
  { ...trinket, type: "Hat", category: "Accessories", first: MODELS, second: ["Navy Rib", "Oat Felt", "Natural Straw", "Olive Cord", "Black Wool", "Rust Rib"], nouns: ["Beanie", "Bucket Hat", "Fedora", "Cap"], medianPrice: 32, weight: 3, tags: ["accessories", "winter"], shape: "hat", blurb: "Keeps its shape in a coat pocket." },
  { ...trinket, type: "Jewellery", category: "Accessories", first: MODELS, second: ["Gold Vermeil", "Sterling Silver", "Freshwater Pearl", "Rose Gold", "Enamel", "Recycled Brass"], nouns: ["Hoop Earrings", "Pendant Necklace", "Signet Ring", "Chain Bracelet", "Stud Earrings", "Drop Earrings"], medianPrice: 48, weight: 6, tags: ["accessories", "gift"], shape: "jewellery", blurb: "Comes in a linen pouch." },
  { ...trinket, type: "Socks", category: "Basics & Care", pattern: "{second} {noun} in {first}", first: ["Ecru", "Navy", "Rust", "Moss", "Charcoal", "Plum", "Sky", "Mustard", "Grey Melange", "Ivory"], second: ["Ribbed", "Merino", "Striped", "Cable", "Terry", "Cotton", "Bamboo"], nouns: ["Ankle Socks", "Crew Socks", "Knee Socks", "Boot Socks"], sizes: ["36-38", "39-41", "42-44"], medianPrice: 12, weight: 6, tags: ["basics", "gift"], shape: "socks", blurb: "Hand-linked toes: no seam to feel.", cycleDays: [45, 90] },
  { ...trinket, type: "Care", category: "Basics & Care", pattern: "{first} {noun}, {second}", first: ["Cedar", "Lavender", "Beeswax", "Olive", "Citrus", "Rosemary", "Juniper", "Vetiver"], second: ["Everyday", "Refill", "Travel Size", "Large", "Classic", "Sensitive", "For Dark Shades", "For Light Shades"], nouns: ["Wool Wash", "Leather Balm", "Shoe Cream", "Fabric Mist", "Hand Cream", "Bar Soap"], medianPrice: 16, weight: 5, tags: ["care", "gift"], shape: "bottle", blurb: "Small batches, plain ingredients.", cycleDays: [30, 75] },
];

export const fashion: Preset = {
  name: "fashion",
  shopName: "Tessera Demo",
  currency: "USD",
  timeZone: "America/New_York",
  shippingRate: 500,
  productsPer100: 120,
  vendors: ["Harbour & Hemp", "Atelier Noma", "Fjord Supply", "Casa Lume", "Kinfield", "Bluebell Mill", "Studio Aoi", "Weft & Warp", "North Quay", "Petra Goods", "Solvang", "Loom Society"],
  colours: [
    { name: "Sage", hex: "#9caf88" }, { name: "Rust", hex: "#b7573a" }, { name: "Navy", hex: "#2f4365" }, { name: "Ecru", hex: "#e4d9c0" }, { name: "Charcoal", hex: "#4a4e55" },
    { name: "Rose", hex: "#d99aa5" }, { name: "Mustard", hex: "#d3a03c" }, { name: "Plum", hex: "#714a6b" }, { name: "Sky", hex: "#8fb6d2" }, { name: "Moss", hex: "#66754a" },
    { name: "Terracotta", hex: "#c8744f" }, { name: "Black", hex: "#2b2b2e" }, { name: "Ivory", hex: "#f0e9db" }, { name: "Teal", hex: "#3d7f80" }, { name: "Cornflower", hex: "#6d8fc9" },
  ],
  types,
  complements: [
    { main: "Dress", with: "Jewellery", directed: false }, { main: "Sneakers", with: "Socks", directed: true }, { main: "Boots", with: "Care", directed: true },
    { main: "Coat", with: "Scarf", directed: false }, { main: "Jeans", with: "Belt", directed: true }, { main: "Knitwear", with: "Care", directed: true },
    { main: "Shirt", with: "Trousers", directed: false }, { main: "Bag", with: "Care", directed: true }, { main: "T-shirt", with: "Jeans", directed: false },
    { main: "Skirt", with: "Knitwear", directed: false }, { main: "Coat", with: "Hat", directed: false },
  ],
  intensity: {
    months: [0.75, 0.76, 0.93, 0.94, 1.04, 0.98, 0.9, 0.88, 1.08, 1.15, 1.7, 1.35],
    weekdays: [1.04, 1.05, 1.0, 0.98, 1.02, 0.95, 0.96],
    hours: [0.35, 0.18, 0.1, 0.07, 0.07, 0.14, 0.35, 0.65, 0.95, 1.25, 1.5, 1.55, 1.65, 1.55, 1.45, 1.4, 1.35, 1.3, 1.35, 1.5, 1.65, 1.6, 1.2, 0.7],
  },
  countries: [["US", 0.46], ["GB", 0.12], ["DE", 0.09], ["FR", 0.07], ["CN", 0.08], ["JP", 0.04], ["IT", 0.04], ["ES", 0.04], ["IN", 0.03], ["NG", 0.03]],
  repeatMean: 5,
  repeatShape: 0.45,
  basketMuMean: 0.75,
  basketMuSd: 0.35,
  kappa: 0.07,
  extraQuantity: 0.08,
  returnRate: 0.11,
  churnShare: 0.3,
  cycleShare: 0.1,
};
