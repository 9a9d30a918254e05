import { useLocation } from "@remix-run/react";
import type { PageOf } from "#app/core/activity-views.ts";
import { Pager } from "./pager.tsx";

interface Props {
  readonly list: PageOf<unknown>;
  /** The list's own parameter of the address: a page may hold several lists. */
  readonly name: string;
  readonly summary: string;
}

/** Pages of one list, the rest of the address left as it is; nothing for a list of one page. */
export function ListPager({ list, name, summary }: Props) {
  const { pathname, search } = useLocation();
  if (list.pageCount === 1) return null;
  const to = (page: number) => {
    const params = new URLSearchParams(search);
    params.set(name, String(page));
    return `${pathname}?${params}`;
  };
  return <Pager summary={summary} previous={list.page > 1 ? to(list.page - 1) : null} next={list.page < list.pageCount ? to(list.page + 1) : null} />;
}
