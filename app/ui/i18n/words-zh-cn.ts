import activity from "../locales/zh-CN/activity.json";
import customers from "../locales/zh-CN/customers.json";
import discounts from "../locales/zh-CN/discounts.json";
import failures from "../locales/zh-CN/failures.json";
import frame from "../locales/zh-CN/frame.json";
import home from "../locales/zh-CN/home.json";
import predictions from "../locales/zh-CN/predictions.json";
import privacy from "../locales/zh-CN/privacy.json";
import recommendations from "../locales/zh-CN/recommendations.json";
import sentences from "../locales/zh-CN/sentences.json";
import segmentLanguage from "../locales/zh-CN/segmentLanguage.json";
import segmentStudio from "../locales/zh-CN/segmentStudio.json";
import segmentTemplates from "../locales/zh-CN/segmentTemplates.json";
import segments from "../locales/zh-CN/segments.json";
import polaris from "@shopify/polaris/locales/zh-CN.json";
import type { Words } from "./words.ts";

export const words: Words = { polaris, namespaces: { activity, customers, discounts, failures, frame, home, predictions, privacy, recommendations, segmentLanguage, segmentStudio, segmentTemplates, segments, sentences } };
