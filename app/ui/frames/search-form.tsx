import { Button, TextField } from "@shopify/polaris";
import { Form, useNavigate } from "@remix-run/react";
import { useEffect, useState } from "react";

interface Props {
  /** The list's own page; the text goes there as `q`, and clearing a search leads back to it. */
  readonly path: string;
  /** What is searched for now. */
  readonly query: string;
  readonly label: string;
  readonly placeholder: string;
  readonly submit: string;
}

export function SearchForm({ path, query, label, placeholder, submit }: Props) {
  const navigate = useNavigate();
  const [text, setText] = useState(query);
  useEffect(() => setText(query), [query]);
  return (
    <Form method="get" action={path} role="search">
      <TextField
        name="q"
        type="search"
        label={label}
        labelHidden
        placeholder={placeholder}
        value={text}
        onChange={setText}
        autoComplete="off"
        maxLength={200}
        clearButton
        onClearButtonClick={() => {
          setText("");
          if (query) navigate(path);
        }}
        connectedRight={<Button submit>{submit}</Button>}
      />
    </Form>
  );
}
