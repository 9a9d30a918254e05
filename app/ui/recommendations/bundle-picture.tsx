import { Fragment } from "react";
import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { ProductCard } from "#app/core/recommendation-views.ts";
import { useFormat } from "../format/format-context.tsx";

interface Props {
  readonly products: readonly ProductCard[];
  /** What the set costs with its discount; null shows the plain sum. */
  readonly setPriceMinor: number | null;
  /** The product whose price is lowered, marked in the picture. */
  readonly getsProductId?: number | null;
}

/** The set as a sum: product + product = price. Read aloud it is the list of products and the two prices. */
export function BundlePicture({ products, setPriceMinor, getsProductId }: Props) {
  const { t } = useTranslation("bundles");
  const format = useFormat();
  const priceMinor = products.reduce((sum, product) => sum + product.priceMinor, 0);
  const isLower = setPriceMinor !== null && setPriceMinor < priceMinor;
  return (
    <div className="tessera-set">
      <ul className="tessera-set-products">
        {products.map((product, index) => (
          <Fragment key={product.productId}>
            {index > 0 ? <li className="tessera-set-sign" aria-hidden="true">+</li> : null}
            <li className="tessera-set-product">
              <Link to={`/app/products/${product.productId}`}>
                {product.imageUrl ? <img className="tessera-set-image" src={product.imageUrl} alt={product.imageAlt ?? ""} width={88} height={88} loading="lazy" /> : <span className="tessera-set-image" aria-hidden="true" />}
                <span className="tessera-set-title">{product.title}</span>
              </Link>
              <span className="tessera-set-price">{format.money(product.priceMinor)}{product.productId === getsProductId && isLower ? <span className="tessera-set-mark">{t("picture.lowered")}</span> : null}</span>
            </li>
          </Fragment>
        ))}
      </ul>
      <div className="tessera-set-sum">
        <span className="tessera-set-sign" aria-hidden="true">=</span>
        <div>
          <span className="tessera-hidden">{t("picture.together")}</span>
          {isLower ? <s className="tessera-set-before">{format.money(priceMinor)}</s> : null}
          <strong className="tessera-set-total">{format.money(setPriceMinor ?? priceMinor)}</strong>
          {isLower ? <span className="tessera-set-saving">{t("picture.saving", { saving: format.money(priceMinor - setPriceMinor) })}</span> : null}
        </div>
      </div>
    </div>
  );
}
