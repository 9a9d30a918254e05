import type { ShouldRevalidateFunction } from "@remix-run/react";

/** Previews, translations and explanations change nothing, so what the page has loaded stands. */
export const isNoLookAside: ShouldRevalidateFunction = ({ formAction, defaultShouldRevalidate }) => (/^\/app\/segments\/(?:preview|translate|explain)/.test(formAction ?? "") ? false : defaultShouldRevalidate);
