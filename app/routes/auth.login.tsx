import type { LoaderFunctionArgs } from "@remix-run/node";
import { login } from "#app/server/shopify/shopify.server.ts";
import { OutsidePage } from "#app/ui/frames/outside-page.tsx";

/** Reached when a request names no shop. With `?shop=` the library redirects to its install page; nobody is asked to type a domain (App Store 2.3.1). */
export async function loader({ request }: LoaderFunctionArgs) {
  await login(request);
  return null;
}

export default function OpenFromAdmin() {
  return <OutsidePage kind="open" />;
}
