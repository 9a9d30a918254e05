import type { CodedColumn } from "../snapshot/snapshot.ts";
import { HOURS, WEEKDAYS, type BuyingHabits } from "./buying-habits.ts";
import type { BuyingHistory } from "./buying-history.ts";
import type { OptionTastes } from "./option-tastes.ts";
import type { OrderFigures } from "./order-figures.ts";
import type { Variety } from "./variety.ts";

/** Signs that somebody buys for several people or for a business, 0..1; NaN below two orders. Signs, never facts about a person. */
export interface BuyerSigns {
  /** 1/2 (sizes bought - 1) / 3 + 1/2 (units an order - 1) / 4 x variety, each within 0..1; the second alone where sizes are not known. */
  readonly household: Float32Array;
  /** .4 bulk (3 x share of bulk orders) + .3 share of orders from Monday to Friday x share of orders between 9 and 17 + .3 e-mail domain of its own; without the last where domains are not known. */
  readonly business: Float32Array;
}

const LEAST_ORDERS = 2;
const OFFICE_FROM = 9;
const OFFICE_TO = 17;
/** Mail providers whose domain says nothing of an employer. */
const OPEN_DOMAINS = new Set(
  ("gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de ymail.com hotmail.com hotmail.co.uk hotmail.fr outlook.com live.com msn.com icloud.com me.com mac.com aol.com " +
    "proton.me protonmail.com gmx.de gmx.net gmx.com web.de t-online.de orange.fr wanadoo.fr free.fr laposte.net libero.it mail.ru yandex.ru qq.com 163.com 126.com sina.com foxmail.com " +
    "btinternet.com sky.com virginmedia.com comcast.net verizon.net att.net sbcglobal.net bell.net rogers.com shaw.ca bigpond.com optusnet.com.au example.com example.org example.net").split(" "),
);

export interface SignsInput {
  readonly history: Pick<BuyingHistory, "ordersCount">;
  readonly habits: BuyingHabits;
  readonly figures: Pick<OrderFigures, "units">;
  readonly variety: Pick<Variety, "variety">;
  readonly options: Pick<OptionTastes, "sizes"> | null;
  readonly emailDomain: CodedColumn | null;
}

export function computeBuyerSigns({ history, habits, figures, variety, options, emailDomain }: SignsInput): BuyerSigns {
  const count = history.ordersCount.length;
  const household = new Float32Array(count).fill(NaN);
  const business = new Float32Array(count).fill(NaN);
  const isOwn = emailDomain?.names.map((name) => !OPEN_DOMAINS.has(name.toLowerCase()));
  for (let row = 0; row < count; row++) {
    const orders = history.ordersCount[row];
    if (orders < LEAST_ORDERS) continue;
    const many = clamp((figures.units[row] / orders - 1) / 4) * (Number.isNaN(variety.variety[row]) ? 0 : variety.variety[row]);
    household[row] = options ? (clamp((options.sizes[row] - 1) / 3) + many) / 2 : many;
    const bulk = clamp(3 * habits.bulkShare[row]);
    const domain = emailDomain && isOwn && emailDomain.codes[row] >= 0 ? Number(isOwn[emailDomain.codes[row]]) : NaN;
    const office = officeShare(habits, row, orders);
    business[row] = Number.isNaN(domain) ? (0.4 * bulk + 0.3 * office) / 0.7 : 0.4 * bulk + 0.3 * office + 0.3 * domain;
  }
  return { household, business };
}

/** Weekdays and hours are counted apart, so their shares are multiplied: the orders in office hours if the two are independent. */
function officeShare({ weekday, hour }: BuyingHabits, row: number, orders: number): number {
  let onWorkdays = 0;
  for (let day = 0; day < 5; day++) onWorkdays += weekday[row * WEEKDAYS + day];
  let inHours = 0;
  for (let at = OFFICE_FROM; at < OFFICE_TO; at++) inHours += hour[row * HOURS + at];
  return (onWorkdays / orders) * (inHours / orders);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
