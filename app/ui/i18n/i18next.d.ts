import type { words } from "./words-en.ts";

// A key that English does not have does not compile.
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "frame";
    resources: (typeof words)["namespaces"];
    returnNull: false;
  }
}
