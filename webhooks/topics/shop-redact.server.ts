import { z } from "zod";
import { defineCompliance } from "../compliance.server.ts";

/** Sent 48 hours after an uninstall. */
export const shopRedact = defineCompliance("shop/redact", "shop_redact", z.object({}), () => ({ customerId: null, orderIds: [] }));
