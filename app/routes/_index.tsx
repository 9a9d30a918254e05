import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { OutsidePage } from "#app/ui/frames/outside-page.tsx";

/** The admin opens the app's root with its parameters; a visitor without them is only told where Tessera lives. */
export function loader({ request }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  if (url.searchParams.has("shop")) throw redirect(`/app${url.search}`);
  return null;
}

export default function Index() {
  return <OutsidePage kind="open" />;
}
