/** Rows as db/schema.sql has them. Money is minor units, instants are unix ms, JSON columns are text. */
export interface ProductRow {
  readonly id: number; readonly handle: string; readonly title: string; readonly description_html: string; readonly status: string;
  readonly vendor: string; readonly product_type: string; readonly tags: string; readonly options: string;
  readonly image_path: string | null; readonly image_alt: string | null;
  readonly created_at: number; readonly updated_at: number; readonly published_at: number | null;
}

export interface VariantRow {
  readonly id: number; readonly product_id: number; readonly position: number; readonly title: string; readonly sku: string | null;
  readonly option_values: string; readonly price: number; readonly compare_at_price: number | null; readonly cost: number | null;
  readonly inventory_item_id: number; readonly inventory_quantity: number; readonly inventory_policy: string; readonly tracked: number;
}

export interface CollectionRow { readonly id: number; readonly handle: string; readonly title: string; readonly description_html: string; readonly updated_at: number }

export interface CustomerRow {
  readonly id: number; readonly first_name: string | null; readonly last_name: string | null; readonly email: string | null;
  readonly phone: string | null; readonly locale: string; readonly state: string; readonly tags: string;
  readonly email_marketing: string; readonly email_marketing_at: number | null; readonly sms_marketing: string;
  readonly address1: string | null; readonly zip: string | null; readonly city: string | null; readonly province_code: string | null;
  readonly country_code: string | null; readonly number_of_orders: number; readonly amount_spent: number;
  readonly last_order_id: number | null; readonly last_order_at: number | null; readonly created_at: number; readonly updated_at: number;
}

export interface OrderRow {
  readonly id: number; readonly name: string; readonly token: string | null; readonly customer_id: number | null; readonly email: string | null;
  readonly created_at: number; readonly processed_at: number; readonly updated_at: number; readonly cancelled_at: number | null;
  readonly cancel_reason: string | null; readonly test: number; readonly financial_status: string; readonly source_name: string;
  readonly subtotal: number; readonly total_discounts: number; readonly total: number; readonly total_refunded: number;
  readonly country_code: string | null; readonly attributes: string; readonly shipping: number;
}

export interface LineItemRow {
  readonly id: number; readonly order_id: number; readonly product_id: number | null; readonly variant_id: number | null;
  readonly title: string; readonly variant_title: string | null; readonly sku: string | null; readonly quantity: number;
  readonly current_quantity: number; readonly price: number; readonly discount: number; readonly properties: string;
}

export interface OrderDiscountRow { readonly order_id: number; readonly code: string; readonly amount: number; readonly kind: string; readonly discount_id: number | null; readonly is_automatic: number | null }
export interface RefundRow { readonly id: number; readonly order_id: number; readonly created_at: number; readonly amount: number; readonly note: string | null }
export interface RefundLineItemRow { readonly id: number; readonly refund_id: number; readonly line_item_id: number; readonly quantity: number; readonly subtotal: number }
export interface SegmentRow { readonly id: number; readonly name: string; readonly query: string; readonly created_at: number; readonly updated_at: number }

export interface DiscountRow {
  readonly id: number; readonly kind: string; readonly title: string; readonly definition: string; readonly starts_at: number;
  readonly ends_at: number | null; readonly deactivated: number; readonly usage_limit: number | null; readonly once_per_customer: number;
  readonly usage_count: number; readonly created_at: number; readonly updated_at: number; readonly is_automatic: number;
}

export interface RedeemCodeRow { readonly id: number; readonly discount_id: number; readonly code: string; readonly usage_count: number }
export interface CodeCreationRow { readonly id: number; readonly discount_id: number; readonly codes: string; readonly done_at: number; readonly results: string | null }

export interface MetafieldRow {
  readonly id: number; readonly owner_type: string; readonly owner_id: number; readonly namespace: string; readonly key: string;
  readonly type: string; readonly value: string; readonly created_at: number; readonly updated_at: number;
}

export interface BulkOperationRow {
  readonly id: number; readonly type: string; readonly status: string; readonly error_code: string | null; readonly query: string;
  readonly created_at: number; readonly completed_at: number | null; readonly object_count: number; readonly root_object_count: number;
  readonly file_size: number | null; readonly file_path: string | null;
}

export interface DeliveryRow {
  readonly id: string; readonly event_id: string; readonly topic: string; readonly uri: string; readonly payload: string;
  readonly triggered_at: number; readonly attempts: number; readonly next_attempt_at: number | null; readonly status: string;
  readonly last_status_code: number | null; readonly last_error: string | null; readonly latency_ms: number | null;
}
