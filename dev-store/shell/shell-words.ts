export type ShellLocale = "en" | "zh-CN";

const en = {
  home: "Home", orders: "Orders", products: "Products", customers: "Customers", discounts: "Discounts", analytics: "Analytics", apps: "Apps", settings: "Settings",
  onlineStore: "Online Store", control: "Dev store control", search: "Search", menu: "Menu", unsaved: "Unsaved changes", save: "Save", discard: "Discard",
  discardAll: "Discard all unsaved changes?", close: "Close", cancel: "Cancel", add: "Add", selectProducts: "Select products", searchProducts: "Search products",
  notInstalled: "is not installed in this store", notInstalledHint: "Installing grants the scopes of shopify.app.toml and opens the app.", install: "Install app", installing: "Installing…",
  notSimulated: "This page of the admin is not simulated", notSimulatedHint: "The dev store simulates what the app meets. Back to the app by the menu.",
  themeEditor: "Theme editor", addBlock: "Add app block", toTemplate: "to template", placed: "The block is placed in this template.", viewStore: "View your online store",
};
export type ShellWords = typeof en;

const zhCN: ShellWords = {
  home: "首页", orders: "订单", products: "产品", customers: "客户", discounts: "折扣", analytics: "分析", apps: "应用", settings: "设置",
  onlineStore: "在线商店", control: "开发商店控制台", search: "搜索", menu: "菜单", unsaved: "有未保存的更改", save: "保存", discard: "放弃",
  discardAll: "放弃所有未保存的更改？", close: "关闭", cancel: "取消", add: "添加", selectProducts: "选择产品", searchProducts: "搜索产品",
  notInstalled: "尚未安装到此商店", notInstalledHint: "安装会授予 shopify.app.toml 中的权限并打开应用。", install: "安装应用", installing: "正在安装…",
  notSimulated: "未模拟此后台页面", notSimulatedHint: "开发商店只模拟应用会接触到的部分。可通过菜单返回应用。",
  themeEditor: "主题编辑器", addBlock: "添加应用块", toTemplate: "到模板", placed: "该块已放置在此模板中。", viewStore: "查看在线商店",
};

export function readShellLocale(text: string | null): ShellLocale {
  return text?.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

export function shellWords(locale: ShellLocale): ShellWords {
  return locale === "zh-CN" ? zhCN : en;
}
