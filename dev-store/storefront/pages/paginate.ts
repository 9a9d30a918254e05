/** The page asked for, from 1. */
export function readPage(url: URL): number {
  const page = Number(url.searchParams.get("page"));
  return Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1;
}

/** Liquid's `paginate`: neighbours, and the pages to link with gaps as null. */
export function paginate(url: URL, page: number, size: number, total: number) {
  const pages = Math.max(1, Math.ceil(total / size));
  const link = (to: number) => {
    const query = new URLSearchParams(url.searchParams);
    query.set("page", String(to));
    return { title: String(to), url: `${url.pathname}?${query}`, is_current: to === page };
  };
  const near = Array.from({ length: pages }, (_, at) => at + 1).filter((each) => each === 1 || each === pages || Math.abs(each - page) <= 1);
  const parts = near.flatMap((each, at) => (at > 0 && each - near[at - 1] > 1 ? [null, link(each)] : [link(each)]));
  return { pages, current_page: page, items: total, parts, previous: page > 1 ? link(page - 1) : null, next: page < pages ? link(page + 1) : null };
}
