/**
 * The part of Shopify's `content_for_header` that blocks look at: `window.Shopify` with the Customer Privacy API.
 * Consent is given until a visitor takes it back; `_tracking_consent` keeps the choice ("no" or names joined by commas).
 */
export function headScript(facts: { shopDomain: string; currency: string; locale: string }): string {
  const json = (value: string) => JSON.stringify(value).replace(/</g, "\\u003c");
  return `<script>window.Shopify={shop:${json(facts.shopDomain)},locale:${json(facts.locale)},currency:{active:${json(facts.currency)},rate:"1.0"},routes:{root:"/"},
customerPrivacy:(()=>{const read=()=>/(?:^|; )_tracking_consent=([^;]*)/.exec(document.cookie)?.[1];
const allows=(what)=>()=>{const kept=read();return kept===undefined||kept.split(",").includes(what)};
return{userCanBeTracked:allows("analytics"),analyticsProcessingAllowed:allows("analytics"),marketingAllowed:allows("marketing"),preferencesProcessingAllowed:allows("preferences"),saleOfDataAllowed:allows("sale"),
setTrackingConsent(consent,done){const kept=["analytics","marketing","preferences","sale"].filter((k)=>consent[k]||(k==="sale"&&consent.sale_of_data)).join(",")||"no";
document.cookie="_tracking_consent="+kept+"; path=/; max-age=31536000; samesite=lax";document.dispatchEvent(new CustomEvent("visitorConsentCollected",{detail:consent}));done&&done()}}})()};</script>`;
}
