import { useTranslation } from "react-i18next";
import { segmentDefinition, type RfmCell } from "#app/engine/segments/segment-definition.ts";
import { useFormat } from "../format/format-context.tsx";
import { useGroupName } from "./use-group-name.ts";

/** A stored definition as a sentence. */
export function useDefinitionWords(): (definition: string) => string {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const groupName = useGroupName();
  const cellName = (cell: RfmCell) => {
    if ("fm" in cell) return t("definition.cellFm", { r: cell.r, y: cell.fm });
    return "f" in cell ? t("definition.cellF", { r: cell.r, y: cell.f }) : t("definition.cellR", { r: cell.r });
  };
  return (json) => {
    const definition = segmentDefinition.parse(JSON.parse(json));
    switch (definition.kind) {
      case "all-buyers":
        return t("definition.allBuyers");
      case "prospects":
        return t("definition.prospects");
      case "rfm-cells":
        return definition.cells.length <= 3 ? definition.cells.map(cellName).join(t("definition.separator")) : t("definition.cells", { count: definition.cells.length });
      case "shopify-group":
        return t("definition.shopifyGroup", { groups: format.list(definition.groups.map(groupName)) });
      case "classic-group":
        return t("definition.classicGroup", { groups: format.list(definition.groups.map(groupName)) });
      case "order-count":
        if (definition.max === null) return t("definition.ordersAtLeast", { count: definition.min });
        return definition.max === definition.min ? t("definition.ordersExactly", { count: definition.min }) : t("definition.ordersBetween", { min: definition.min, max: definition.max });
      case "spent-at-least":
        return t("definition.spent", { amount: format.money(definition.minor) });
      case "lapsed":
        return t("definition.lapsed", { count: definition.days });
    }
  };
}
