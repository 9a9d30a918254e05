-- The dev store's own state: one file, one shop. Ids are numeric gid parts; instants are unix milliseconds;
-- money is integer minor units of the shop's currency. Personal data here is generated or absent.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA foreign_keys = ON;
PRAGMA busy_timeout = 5000;

-- shop_domain, shop_name, currency, time_zone, clock_offset_ms, next_order_number, seed, shop_id, ...
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS products (
  id INTEGER PRIMARY KEY, handle TEXT NOT NULL UNIQUE, title TEXT NOT NULL, description_html TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'ACTIVE', vendor TEXT NOT NULL DEFAULT '', product_type TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '[]', options TEXT NOT NULL DEFAULT '[]', image_path TEXT, image_alt TEXT,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, published_at INTEGER
);
CREATE INDEX IF NOT EXISTS products_updated ON products (updated_at, id);

CREATE TABLE IF NOT EXISTS variants (
  id INTEGER PRIMARY KEY, product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE, position INTEGER NOT NULL DEFAULT 1,
  title TEXT NOT NULL DEFAULT 'Default Title', sku TEXT, option_values TEXT NOT NULL DEFAULT '[]',
  price INTEGER NOT NULL, compare_at_price INTEGER, cost INTEGER,
  inventory_item_id INTEGER NOT NULL UNIQUE, inventory_quantity INTEGER NOT NULL DEFAULT 0,
  inventory_policy TEXT NOT NULL DEFAULT 'DENY', tracked INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX IF NOT EXISTS variants_product ON variants (product_id, position);

CREATE TABLE IF NOT EXISTS collections (
  id INTEGER PRIMARY KEY, handle TEXT NOT NULL UNIQUE, title TEXT NOT NULL, description_html TEXT NOT NULL DEFAULT '', updated_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS collection_products (
  collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
  product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  position INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (collection_id, product_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS collection_products_product ON collection_products (product_id);

CREATE TABLE IF NOT EXISTS customers (
  id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, email TEXT, phone TEXT, locale TEXT NOT NULL DEFAULT 'en',
  state TEXT NOT NULL DEFAULT 'ENABLED', tags TEXT NOT NULL DEFAULT '[]',
  email_marketing TEXT NOT NULL DEFAULT 'NOT_SUBSCRIBED', email_marketing_at INTEGER, sms_marketing TEXT NOT NULL DEFAULT 'NOT_SUBSCRIBED',
  address1 TEXT, zip TEXT, city TEXT, province_code TEXT, country_code TEXT,
  number_of_orders INTEGER NOT NULL DEFAULT 0, amount_spent INTEGER NOT NULL DEFAULT 0, last_order_id INTEGER, last_order_at INTEGER,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS customers_updated ON customers (updated_at, id);
CREATE INDEX IF NOT EXISTS customers_email ON customers (email);

CREATE TABLE IF NOT EXISTS orders (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, token TEXT, customer_id INTEGER REFERENCES customers (id), email TEXT,
  created_at INTEGER NOT NULL, processed_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, cancelled_at INTEGER, cancel_reason TEXT,
  test INTEGER NOT NULL DEFAULT 0, financial_status TEXT NOT NULL DEFAULT 'PAID', source_name TEXT NOT NULL DEFAULT 'web',
  -- before discounts; all order and line discounts; after discounts, before refunds; refunded so far
  subtotal INTEGER NOT NULL, total_discounts INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL, total_refunded INTEGER NOT NULL DEFAULT 0,
  country_code TEXT, attributes TEXT NOT NULL DEFAULT '[]',
  -- charged after discounts; part of total
  shipping INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS orders_updated ON orders (updated_at, id);
CREATE INDEX IF NOT EXISTS orders_processed ON orders (processed_at, id);
CREATE INDEX IF NOT EXISTS orders_customer ON orders (customer_id, processed_at);

CREATE TABLE IF NOT EXISTS line_items (
  id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  product_id INTEGER, variant_id INTEGER, title TEXT NOT NULL, variant_title TEXT, sku TEXT,
  quantity INTEGER NOT NULL, current_quantity INTEGER NOT NULL, price INTEGER NOT NULL,
  -- of the whole line
  discount INTEGER NOT NULL DEFAULT 0,
  -- [{key, value}]
  properties TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX IF NOT EXISTS line_items_order ON line_items (order_id);

-- of one that applied by itself (is_automatic = 1) `code` is its title
CREATE TABLE IF NOT EXISTS order_discounts (order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE, code TEXT NOT NULL, amount INTEGER NOT NULL, kind TEXT NOT NULL, discount_id INTEGER, is_automatic INTEGER, PRIMARY KEY (order_id, code)) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS refunds (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE, created_at INTEGER NOT NULL, amount INTEGER NOT NULL, note TEXT);
CREATE INDEX IF NOT EXISTS refunds_order ON refunds (order_id);
CREATE TABLE IF NOT EXISTS refund_line_items (id INTEGER PRIMARY KEY, refund_id INTEGER NOT NULL REFERENCES refunds (id) ON DELETE CASCADE, line_item_id INTEGER NOT NULL, quantity INTEGER NOT NULL, subtotal INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS segments (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, query TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);

-- kind: basic, bxgy, free_shipping; is_automatic: applies by itself and has no code; definition: JSON as discounts/definition.ts reads it
CREATE TABLE IF NOT EXISTS discounts (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, definition TEXT NOT NULL, starts_at INTEGER NOT NULL, ends_at INTEGER,
  deactivated INTEGER NOT NULL DEFAULT 0, usage_limit INTEGER, once_per_customer INTEGER NOT NULL DEFAULT 0,
  usage_count INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, is_automatic INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS redeem_codes (
  id INTEGER PRIMARY KEY, discount_id INTEGER NOT NULL REFERENCES discounts (id) ON DELETE CASCADE,
  code TEXT NOT NULL COLLATE NOCASE UNIQUE, usage_count INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS redeem_codes_discount ON redeem_codes (discount_id);
CREATE TABLE IF NOT EXISTS redeem_code_creations (id INTEGER PRIMARY KEY, discount_id INTEGER NOT NULL, codes TEXT NOT NULL, done_at INTEGER NOT NULL, results TEXT);

CREATE TABLE IF NOT EXISTS metafields (
  id INTEGER PRIMARY KEY, owner_type TEXT NOT NULL, owner_id INTEGER NOT NULL, namespace TEXT NOT NULL, key TEXT NOT NULL,
  type TEXT NOT NULL, value TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (owner_type, owner_id, namespace, key)
);

CREATE TABLE IF NOT EXISTS web_pixels (id INTEGER PRIMARY KEY, settings TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS bulk_operations (
  id INTEGER PRIMARY KEY, type TEXT NOT NULL, status TEXT NOT NULL, error_code TEXT, query TEXT NOT NULL, created_at INTEGER NOT NULL, completed_at INTEGER,
  object_count INTEGER NOT NULL DEFAULT 0, root_object_count INTEGER NOT NULL DEFAULT 0, file_size INTEGER, file_path TEXT
);

-- one app: installed or not, with the scopes granted
CREATE TABLE IF NOT EXISTS installation (id INTEGER PRIMARY KEY CHECK (id = 1), installed INTEGER NOT NULL, scopes TEXT NOT NULL, installed_at INTEGER);
CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, kind TEXT NOT NULL, expires_at INTEGER, parent TEXT, replaced_by TEXT, revoked INTEGER NOT NULL DEFAULT 0);

CREATE TABLE IF NOT EXISTS webhook_deliveries (
  id TEXT PRIMARY KEY, event_id TEXT NOT NULL, topic TEXT NOT NULL, uri TEXT NOT NULL, payload TEXT NOT NULL, triggered_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, next_attempt_at INTEGER, status TEXT NOT NULL, last_status_code INTEGER, last_error TEXT, latency_ms INTEGER
);
CREATE INDEX IF NOT EXISTS webhook_deliveries_due ON webhook_deliveries (status, next_attempt_at);

-- what the app did to the store, for the control page
CREATE TABLE IF NOT EXISTS app_calls (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, operation TEXT NOT NULL, kind TEXT NOT NULL, cost INTEGER, summary TEXT NOT NULL, status TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS carts (token TEXT PRIMARY KEY, lines TEXT NOT NULL, discount_code TEXT, attributes TEXT NOT NULL DEFAULT '{}', updated_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS storefront_sessions (token TEXT PRIMARY KEY, customer_id INTEGER NOT NULL, created_at INTEGER NOT NULL);
-- which app blocks stand where: template, section slot, block file, settings (JSON)
CREATE TABLE IF NOT EXISTS theme_blocks (id INTEGER PRIMARY KEY, template TEXT NOT NULL, block TEXT NOT NULL, settings TEXT NOT NULL, position INTEGER NOT NULL);

-- Shopify's own RFM group and spend tier, worked out once a day of the shop's clock (meta.rfm_computed_at)
CREATE TABLE IF NOT EXISTS customer_rfm (customer_id INTEGER PRIMARY KEY, rfm_group TEXT NOT NULL, spend_tier TEXT);

-- what Shopify Flow was told by the app's triggers
CREATE TABLE IF NOT EXISTS flow_triggers (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, handle TEXT NOT NULL, payload TEXT NOT NULL);

-- checkouts with a known contact; lines: [{variantId, quantity}]; total in minor units, after discounts, with shipping
CREATE TABLE IF NOT EXISTS checkouts (
  id INTEGER PRIMARY KEY, token TEXT NOT NULL UNIQUE, cart_token TEXT, customer_id INTEGER, email TEXT, lines TEXT NOT NULL, subtotal INTEGER NOT NULL, total INTEGER NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, completed_at INTEGER
);
CREATE INDEX IF NOT EXISTS checkouts_updated ON checkouts (updated_at, id);
CREATE INDEX IF NOT EXISTS checkouts_cart ON checkouts (cart_token);

-- each a webhook of its own: which tags a customer gained or lost
CREATE TABLE IF NOT EXISTS tag_changes (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, tags TEXT NOT NULL, added INTEGER NOT NULL, at INTEGER NOT NULL);

-- fields that the merchant defined, beside those of the app's toml
CREATE TABLE IF NOT EXISTS metafield_definitions (
  id INTEGER PRIMARY KEY, owner_type TEXT NOT NULL, namespace TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, pinned INTEGER NOT NULL DEFAULT 1, UNIQUE (owner_type, namespace, key)
);
CREATE INDEX IF NOT EXISTS metafields_field ON metafields (owner_type, namespace, key, id);
