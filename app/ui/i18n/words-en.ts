import activity from "../locales/en/activity.json";
import customers from "../locales/en/customers.json";
import discounts from "../locales/en/discounts.json";
import failures from "../locales/en/failures.json";
import frame from "../locales/en/frame.json";
import home from "../locales/en/home.json";
import predictions from "../locales/en/predictions.json";
import privacy from "../locales/en/privacy.json";
import recommendations from "../locales/en/recommendations.json";
import sentences from "../locales/en/sentences.json";
import segmentLanguage from "../locales/en/segmentLanguage.json";
import segmentStudio from "../locales/en/segmentStudio.json";
import segmentTemplates from "../locales/en/segmentTemplates.json";
import segments from "../locales/en/segments.json";
import polaris from "@shopify/polaris/locales/en.json";

export const words = { polaris, namespaces: { activity, customers, discounts, failures, frame, home, predictions, privacy, recommendations, segmentLanguage, segmentStudio, segmentTemplates, segments, sentences } };
