import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { addEventEndpoint } from "../segments/add-event-endpoint.server.ts";
import { archiveSegment } from "../segments/archive-segment.server.ts";
import { changeEventEndpoint } from "../segments/change-event-endpoint.server.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";
import { duplicateSegment } from "../segments/duplicate-segment.server.ts";
import { publishSegment } from "../segments/publish-segment.server.ts";
import { refreshSegmentNow } from "../segments/refresh-segment-now.server.ts";
import { setSegmentOwner } from "../segments/set-segment-owner.server.ts";
import { setSegmentSchedule } from "../segments/set-segment-schedule.server.ts";
import { undoSegment } from "../segments/undo-segment.server.ts";

export interface SegmentAct {
  readonly asked?: boolean;
  readonly saved?: boolean;
  /** Secret of an endpoint just added: shown once. */
  readonly secret?: string;
  /** Where the page goes. */
  readonly to?: string;
}

/** What the buttons of a segment's page do. */
export async function actOnSegment(shop: ShopRef, id: string, form: Readonly<Record<string, FormDataEntryValue>>, options: ActionOptions): Promise<Result<SegmentAct, Failure>> {
  const then = <T>(result: Result<T, Failure>, act: (value: T) => SegmentAct): Result<SegmentAct, Failure> => (result.ok ? ok(act(result.value)) : result);
  switch (form.intent) {
    case "publish":
      return then(await publishSegment(shop, id, options), () => ({ asked: true }));
    case "refresh":
      return then(await refreshSegmentNow(shop, id, options), () => ({ saved: true }));
    case "undo":
      return then(await undoSegment(shop, id, options), () => ({ saved: true }));
    case "archive":
      return then(await archiveSegment(shop, id, options), () => ({ to: "/app/segments" }));
    case "duplicate":
      return then(await duplicateSegment(shop, id, options), (copy) => ({ to: `/app/segments/${copy.id}` }));
    case "settings": {
      const scheduled = await setSegmentSchedule(shop, id, form.schedule, options);
      if (!scheduled.ok) return scheduled;
      return then(await setSegmentOwner(shop, id, form.owner, options), () => ({ saved: true }));
    }
    case "add-endpoint":
      return then(await addEventEndpoint(shop, { url: form.url, segmentIds: [id] }, options), ({ secret }) => ({ secret }));
    case "remove-endpoint":
      return then(await changeEventEndpoint(shop, String(form.endpoint), "delete", options), () => ({ saved: true }));
    default:
      return err({ kind: "invalid", problems: [{ field: "intent", message: "is not known" }] });
  }
}
