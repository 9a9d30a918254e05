import { BlockStack, Box, Button, InlineStack, Select, Tag, Text, TextField } from "@shopify/polaris";
import { Form } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isCounted, taskSubjects } from "#app/core/recommendation-tasks.ts";
import type { StudioView } from "#app/core/studio-views.ts";
import { EmptyNote } from "../frames/empty-note.tsx";
import { useFormat } from "../format/format-context.tsx";
import { ProductRow } from "./product-row.tsx";
import type { Change } from "./studio-page.tsx";

/** Whom or what the question is about. */
export function StudioSubject({ view, change }: { view: StudioView; change: Change }) {
  const { t } = useTranslation("recommendations");
  switch (taskSubjects[view.task]) {
    case "product":
    case "cart":
      return <Products view={view} change={change} />;
    case "customer":
      return <Customer view={view} change={change} />;
    case "segment":
      return view.segments.length === 0 ? (
        <EmptyNote title={t("subject.noSegment.title")} text={t("subject.noSegment.text")} action={{ label: t("subject.noSegment.action"), to: "/app/segments" }} />
      ) : (
        <Select label={t("subject.segment")} options={[{ value: "", label: t("subject.choose") }, ...view.segments.map(({ id, name }) => ({ value: id, label: name }))]} value={view.segmentId ?? ""} onChange={(segment) => change({ segment: segment || null })} />
      );
    case "shop":
      return isCounted(view.task) ? <ProductType view={view} change={change} /> : null;
  }
}

function ProductType({ view, change }: { view: StudioView; change: Change }) {
  const { t } = useTranslation("recommendations");
  const types = view.answer?.types ?? [];
  if (types.length < 2) return null;
  return <Select label={t("subject.type")} options={[{ value: "", label: t("subject.allTypes") }, ...types.map((type) => ({ value: type, label: type }))]} value={view.productType ?? ""} onChange={(type) => change({ type: type || null })} />;
}

function Products({ view, change }: { view: StudioView; change: Change }) {
  const { t } = useTranslation("recommendations");
  const format = useFormat();
  const isCart = taskSubjects[view.task] === "cart";
  const ids = view.products.map(({ productId }) => String(productId));
  const choose = (productId: number) => change({ product: isCart ? [...ids, String(productId)] : String(productId), q: null });
  const isPicking = isCart || view.products.length === 0;
  const offered = [...view.found, ...view.often].filter(({ productId }) => !ids.includes(String(productId))).slice(0, isCart && ids.length > 0 ? 6 : view.query ? 20 : 10);
  const orders = new Map(view.often.map(({ productId, recentOrders }) => [productId, recentOrders]));
  return (
    <BlockStack gap="300">
      {isCart ? (
        <InlineStack gap="200">{view.products.map(({ productId, title }) => <Tag key={productId} onRemove={() => change({ product: ids.filter((id) => id !== String(productId)) })}>{title}</Tag>)}</InlineStack>
      ) : (
        view.products.slice(0, 1).map((product) => <ProductRow key={product.productId} product={product} end={<Button onClick={() => change({ product: null })}>{t("chosen.another")}</Button>} />)
      )}
      {isPicking ? <ProductSearch query={view.query} change={change} /> : null}
      {isPicking && offered.length === 0 ? <EmptyNote title={t(view.query ? "picker.notFound.title" : "picker.empty.title")} text={t(view.query ? "picker.notFound.text" : "picker.empty.text")} /> : null}
      {isPicking && offered.length > 0 ? (
        <>
          <Text as="h3" variant="headingSm">{t(view.query ? "picker.title" : "picker.often")}</Text>
          <ul className="tessera-product-list is-boxed">
            {offered.map((product) => (
              <li key={product.productId}>
                <ProductRow
                  product={product}
                  note={orders.has(product.productId) ? t("picker.orders", { count: orders.get(product.productId) ?? 0, shown: format.number(orders.get(product.productId) ?? 0) }) : undefined}
                  end={<Button size="slim" onClick={() => choose(product.productId)} accessibilityLabel={t("subject.chooseProduct", { title: product.title })}>{t(isCart ? "subject.add" : "subject.take")}</Button>}
                />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </BlockStack>
  );
}

function ProductSearch({ query, change }: { query: string; change: Change }) {
  const { t } = useTranslation("recommendations");
  const [text, setText] = useState(query);
  return (
    <Form role="search" onSubmit={(event) => { event.preventDefault(); change({ q: text.trim() || null }); }}>
      <TextField label={t("picker.search")} type="search" placeholder={t("picker.placeholder")} value={text} onChange={setText} autoComplete="off" maxLength={200} clearButton onClearButtonClick={() => { setText(""); change({ q: null }); }} connectedRight={<Button submit>{t("picker.submit")}</Button>} />
    </Form>
  );
}

function Customer({ view, change }: { view: StudioView; change: Change }) {
  const { t } = useTranslation("recommendations");
  const [text, setText] = useState(view.customerId === null ? "" : String(view.customerId));
  const isNumber = /^\d{1,15}$/.test(text.trim());
  return (
    <Form onSubmit={(event) => { event.preventDefault(); if (isNumber) change({ customer: text.trim() }); }}>
      <TextField label={t("subject.customer")} helpText={t("subject.customerText")} inputMode="numeric" value={text} onChange={setText} autoComplete="off" maxLength={15} connectedRight={<Button submit disabled={!isNumber}>{t("subject.take")}</Button>} />
      <Box paddingBlockStart="200"><Button variant="plain" url="/app/customers">{t("subject.customers")}</Button></Box>
    </Form>
  );
}
