import { listed, type Some } from './random.ts'

/** A leaf of the category tree and what is sold in it. Prices in cents with tax, weight in grams. */
export type Good = {
  department: string
  category: string
  nouns: Some<string>
  adjectives: Some<string>
  sizes: Some<string>
  fromCents: number
  toCents: number
  grams: number
  /** Sold by weight: levels and quantities are fractions of a kilogram. */
  weighed: boolean
  /** The variant attributes of its families. */
  options: Some<string>
}

/** department > category | nouns | adjectives | sizes | cents from-to | grams | variant attributes */
const lines = [
  'Pantry > Cereal & Oats | Rolled Oats, Toasted Muesli, Porridge Sachets, Granola Clusters | Wholegrain, Honey, Cranberry, Lightly Toasted | 500 g, 750 g, 1 kg | 380-1290 | 760 | Flavour, Size',
  'Pantry > Baking | Plain Flour, Caster Sugar, Baking Cocoa, Vanilla Essence, Cake Mix | Organic, Stoneground, Fine, Everyday | 250 g, 500 g, 1.5 kg | 290-1150 | 820 | Size',
  'Pantry > Spreads & Honey | Mānuka Honey, Clover Honey, Peanut Butter, Strawberry Jam, Marmalade | Creamed, Crunchy, Raw, Small-Batch | 250 g, 380 g, 500 g | 490-4290 | 430 | Size',
  'Pantry > Sauces | Tomato Relish, Chilli Sauce, Pasta Sauce, Soy Sauce, Apple Cider Vinegar | Smoky, Mild, Hot, Traditional | 250 ml, 330 ml, 750 ml | 350-1190 | 520 | Flavour',
  'Pantry > Grains & Pulses | Basmati Rice, Red Lentils, Chickpeas, Quinoa, Pearl Barley | Long Grain, Organic, Split, Rinsed | 400 g, 1 kg, 5 kg | 240-2190 | 1050 | Size',
  'Drinks > Coffee | Espresso Beans, Plunger Coffee, Coffee Capsules, Decaf Beans | Dark Roast, Medium Roast, Fair Trade, Single Origin | 200 g, 500 g, 1 kg | 790-4490 | 530 | Flavour, Size',
  'Drinks > Tea | English Breakfast Tea, Green Tea, Chamomile Tea, Earl Grey | Loose Leaf, Organic, Strong, Calming | 25 bags, 50 bags, 100 bags | 390-1590 | 120 | Flavour',
  'Drinks > Soft Drinks | Ginger Beer, Feijoa Soda, Lemonade, Sparkling Water, Blackcurrant Cordial | Cloudy, Old-Fashioned, Zero, Sparkling | 330 ml, 750 ml, 6 x 330 ml | 250-1490 | 980 | Flavour',
  'Snacks > Chocolate | Milk Chocolate Block, Dark Chocolate Block, Hokey Pokey Bites, Chocolate Fish | Salted, Hazelnut, Fruit & Nut, Velvet | 45 g, 100 g, 200 g | 190-1290 | 150 | Flavour',
  'Snacks > Biscuits & Crackers | Gingernuts, Shortbread, Rice Crackers, Oat Biscuits | Crisp, Buttery, Sea Salt, Wholemeal | 150 g, 250 g, 400 g | 220-990 | 240 | Flavour',
  'Snacks > Bulk Bins | Roasted Almonds, Cashews, Dried Apricots, Jelly Beans, Scroggin Mix | Natural, Roasted, Sour, Mixed | per kg | 1290-4990 | 1000 weighed | Flavour',
  'Fresh > Fruit & Vegetables | Kūmara, Gala Apples, Agria Potatoes, Kiwifruit, Broccoli Crowns | Loose, Red, Gold, Seasonal | per kg | 199-899 | 1000 weighed | Size',
  'Fresh > Dairy & Eggs | Free Range Eggs, Salted Butter, Tasty Cheese, Greek Yoghurt | Farm, Cultured, Creamy, Family | 500 g, 1 kg, Dozen | 420-1890 | 620 | Size',
  'Fresh > Deli | Leg Ham, Champagne Salami, Kalamata Olives, Hummus | Sliced, Smoked, Marinated, Classic | per kg | 1490-5490 | 1000 weighed | Flavour',
  'Household > Cleaning | Dish Liquid, Surface Spray, Floor Cleaner, Glass Cleaner | Lemon, Eucalyptus, Unscented, Concentrated | 500 ml, 1 L, 5 L | 390-2490 | 1080 | Scent, Size',
  'Household > Laundry | Laundry Powder, Fabric Softener, Stain Remover, Clothes Pegs | Sensitive, Spring, Front Loader, Strong | 1 kg, 2 kg, 30 pack | 490-2990 | 1600 | Scent, Size',
  'Household > Paper & Wraps | Toilet Tissue, Paper Towels, Baking Paper, Beeswax Wraps | Soft, Recycled, Jumbo, Patterned | 4 pack, 8 pack, 20 m | 290-1990 | 640 | Size, Colour',
  'Homeware > Kitchen | Chopping Board, Mixing Bowl, Cast Iron Pan, Measuring Jug, Bread Knife | Bamboo, Stoneware, Stainless, Non-Stick | Small, Medium, Large | 990-12900 | 980 | Colour, Size',
  'Homeware > Tableware | Dinner Plate, Coffee Mug, Pasta Bowl, Water Glass, Teapot | Speckled, Matte, Ribbed, Hand-Glazed | Single, Set of 4, Set of 6 | 790-8900 | 720 | Colour, Size',
  'Homeware > Candles & Scent | Soy Candle, Reed Diffuser, Room Spray, Beeswax Taper | Hand-Poured, Slow-Burning, Botanical, Travel | 120 g, 250 g, 400 g | 1290-6900 | 410 | Scent, Size',
  'Homeware > Cushions & Throws | Linen Cushion, Wool Throw, Cotton Blanket, Bolster | Washed, Fringed, Woven, Quilted | 45 cm, 50 cm, 150 cm | 2990-24900 | 900 | Colour, Size, Material',
  'Homeware > Storage | Storage Basket, Glass Jar, Pantry Label Set, Stacking Crate | Seagrass, Clip-Top, Foldable, Heavy-Duty | Small, Medium, Large | 590-6900 | 800 | Size, Colour',
  'Bed & Bath > Bedding | Duvet Cover, Fitted Sheet, Pillowcase Pair, Duvet Inner | Linen, Percale, Flannelette, Washed Cotton | Single, Queen, King | 2990-29900 | 1700 | Colour, Size',
  'Bed & Bath > Towels | Bath Towel, Hand Towel, Face Cloth, Bath Mat | Ribbed, Waffle, Plush, Organic Cotton | 40 cm, 70 cm, 150 cm | 690-6900 | 480 | Colour, Size',
  'Bed & Bath > Bodycare | Hand Wash, Body Butter, Shampoo Bar, Bath Salts | Harakeke, Kawakawa, Lavender, Unscented | 100 g, 300 ml, 500 ml | 790-3990 | 330 | Scent',
  'Clothing > Socks & Hosiery | Merino Socks, Gumboot Socks, Ankle Socks, Tights | Striped, Cushioned, Everyday, Fine | One Size, 3 pack, 5 pack | 990-3990 | 110 | Colour, Size',
  'Clothing > Tops | Merino Tee, Rugby Jersey, Linen Shirt, Hooded Sweatshirt | Relaxed, Classic, Long Sleeve, Fine Knit | XS, M, XL | 2990-15900 | 290 | Colour, Size, Material',
  'Clothing > Rainwear | Rain Jacket, Gumboots, Umbrella, Waxed Hat | Packable, Insulated, Storm, Windproof | S, M, L | 2490-24900 | 780 | Colour, Size',
  'Garden > Tools | Hand Trowel, Secateurs, Garden Fork, Watering Can | Forged, Bypass, Long Handle, Galvanised | Small, Standard, Large | 1290-9900 | 950 | Size, Colour',
  'Garden > Seeds & Soil | Tomato Seeds, Sunflower Seeds, Potting Mix, Sheep Pellets | Heirloom, Organic, Premium, Slow Release | Packet, 10 L, 30 L | 350-2490 | 2200 | Size',
  'Garden > Pots | Terracotta Pot, Plant Saucer, Hanging Planter, Trough | Glazed, Ribbed, Matte, Rustic | 12 cm, 20 cm, 35 cm | 590-8900 | 1900 | Colour, Size',
  'Hardware > Fixings | Wood Screws, Picture Hooks, Cable Ties, Wall Plugs | Stainless, Galvanised, Heavy-Duty, Brass | 25 pack, 100 pack, 500 pack | 290-3490 | 320 | Size',
  'Hardware > Lighting | LED Bulb, Head Torch, Lantern, String Lights | Warm White, Rechargeable, Solar, Dimmable | 5 W, 9 W, 10 m | 690-8900 | 260 | Size, Colour',
  'Toys & Games > Puzzles | Jigsaw Puzzle, Wooden Puzzle, Puzzle Cube, Memory Game | 1000 Piece, Native Birds, Beginner, Deluxe | Small, Medium, Large | 990-5990 | 640 | Colour',
  'Toys & Games > Outdoor Play | Beach Ball, Skipping Rope, Kite, Bucket & Spade | Rainbow, Junior, Giant, Classic | Small, Medium, Large | 590-4990 | 420 | Colour, Size',
  'Stationery > Paper | Notebook, Sketchbook, Wrapping Paper, Greeting Card | Ruled, Dotted, Recycled, Illustrated | A6, A5, A4 | 390-2990 | 310 | Colour, Size',
  'Stationery > Pens & Ink | Gel Pen, Fountain Pen, Felt Tips, Highlighter | Fine, Medium, Quick-Dry, Metallic | Single, 4 pack, 12 pack | 250-6900 | 90 | Colour',
  'Pets > Dogs | Dog Biscuits, Rope Toy, Dog Lead, Venison Treats | Grain Free, Tough, Reflective, Air-Dried | Small, Medium, Large | 590-6990 | 740 | Flavour, Size',
  'Pets > Cats | Cat Biscuits, Cat Litter, Feather Wand, Salmon Bites | Indoor, Clumping, Natural, Kitten | 500 g, 2 kg, 7 kg | 490-4990 | 1900 | Flavour, Size',
  'Gifts > Gift Sets | Gift Hamper, Tea Sampler, Picnic Set, Baby Gift Box | Celebration, Deluxe, Petite, Summer | Small, Medium, Large | 2490-18900 | 1800 | Size, Colour',
] as const

export const goods: Some<Good> = [read(lines[0]), ...lines.slice(1).map(read)]

/** The values a variant attribute takes. */
export const optionValues: { [attribute: string]: Some<string> } = {
  Colour: listed('Black, Oatmeal, Sage, Terracotta, Navy, Mustard, Dusky Pink, White'),
  Size: listed('Extra Small, Small, Medium, Large, Extra Large, XXL'),
  Scent: listed('Lavender, Mānuka, Lemon Verbena, Sandalwood, Sea Salt, Unscented'),
  Flavour: listed('Original, Feijoa, Sea Salt, Vanilla, Chilli, Honey'),
  Material: listed('Cotton, Linen, Merino, Hemp, Recycled Polyester, Bamboo'),
}

function read(line: string): Good {
  const [path = '', nouns = '', adjectives = '', sizes = '', cents = '', grams = '', options = ''] = line.split(' | ')
  const [department = '', category = ''] = path.split(' > ')
  const [fromCents = 0, toCents = 0] = cents.split('-').map(Number)
  return {
    department,
    category,
    nouns: listed(nouns),
    adjectives: listed(adjectives),
    sizes: listed(sizes),
    fromCents,
    toCents,
    grams: Number.parseInt(grams, 10),
    weighed: grams.endsWith('weighed'),
    options: listed(options),
  }
}
