/** What a segment's members are exported as. Pure: shared by the pages that offer it and the server that writes it. */

/** Columns of the CSV file; those marked "asked" come from Shopify while the file is written and are never stored. */
export const exportColumns = {
  customer_id: "stored", first_name: "asked", last_name: "asked", email: "asked", phone: "asked", city: "asked", country: "asked", email_consent: "asked", sms_consent: "asked",
  orders: "stored", spent: "stored", last_order_utc: "stored", recency_days: "stored", rfm_group: "stored", classic_rfm_group: "stored", member_since_utc: "stored",
} as const;
export type ExportColumn = keyof typeof exportColumns;
export const defaultExportColumns: readonly ExportColumn[] = ["customer_id", "orders", "spent", "last_order_utc", "rfm_group", "member_since_utc"];

export function isExportColumn(name: string): name is ExportColumn {
  return name in exportColumns;
}

/** Audience files of ad platforms: hashed identifiers of customers who agreed. */
export const audienceFormats = ["meta", "google", "tiktok"] as const;
export type AudienceFormat = (typeof audienceFormats)[number];

/** What Shopify says of a customer at the moment of the export. */
export interface AudienceCustomer {
  readonly email: string | null;
  readonly phone: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly city: string | null;
  /** ISO 3166-2 without the country. */
  readonly province: string | null;
  readonly zip: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
}

/** A cell of an audience file: hashed unless the platform wants it plain. */
export interface AudienceField {
  readonly heading: string;
  readonly isHashed: boolean;
  /** Normalised as the platform asks; null leaves the cell empty. */
  read(customer: AudienceCustomer): string | null;
}

const words = (text: string | null) => text?.trim().toLowerCase() || null;
/** Letters of any script and digits. */
const letters = (text: string | null) => words(text)?.replace(/[^\p{L}\p{N}\p{M}]/gu, "") || null;
const lettersAndSpaces = (text: string | null) => words(text)?.replace(/[^\p{L}\p{N}\p{M}\s]/gu, "").replace(/\s+/g, " ").trim() || null;

export function normaliseEmail(email: string | null): string | null {
  const plain = words(email);
  return plain !== null && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(plain) ? plain : null;
}

/** E.164 as Shopify keeps it: +, country and number, 7 to 15 digits. Anything else cannot be matched. */
export function normalisePhone(phone: string | null): string | null {
  const digits = `+${(phone ?? "").replace(/[^\d]/g, "")}`;
  return phone?.trim().startsWith("+") && /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null;
}

/** Google reads a@gmail.com and A.@googlemail.com without the dots before the @. */
function googleEmail(email: string | null): string | null {
  const plain = normaliseEmail(email);
  const [, user, domain] = /^(.+)@(gmail\.com|googlemail\.com)$/.exec(plain ?? "") ?? [];
  return user === undefined ? plain : `${user.replaceAll(".", "")}@${domain}`;
}

const metaZip = ({ zip, country }: AudienceCustomer) => {
  const plain = words(zip)?.replace(/[\s-]/g, "") || null;
  return country?.toUpperCase() === "US" ? (plain?.slice(0, 5) ?? null) : plain;
};
const hashed = (heading: string, read: AudienceField["read"]): AudienceField => ({ heading, isHashed: true, read });
const plain = (heading: string, read: AudienceField["read"]): AudienceField => ({ heading, isHashed: false, read });

/** Headings and rules of the platforms' customer lists, as documented by them. */
export const audienceFields: Readonly<Record<AudienceFormat, readonly AudienceField[]>> = {
  // Meta: Customer File Custom Audiences. All keys are hashed, phone numbers without the plus.
  meta: [
    hashed("email", ({ email }) => normaliseEmail(email)),
    hashed("phone", ({ phone }) => normalisePhone(phone)?.slice(1) ?? null),
    hashed("fn", ({ firstName }) => letters(firstName)),
    hashed("ln", ({ lastName }) => letters(lastName)),
    hashed("ct", ({ city }) => letters(city)),
    hashed("st", ({ province }) => letters(province)),
    hashed("zip", metaZip),
    hashed("country", ({ country }) => letters(country)),
  ],
  // Google: Customer Match. Country and postal code stay readable.
  google: [
    hashed("Email", ({ email }) => googleEmail(email)),
    hashed("Phone", ({ phone }) => normalisePhone(phone)),
    hashed("First Name", ({ firstName }) => lettersAndSpaces(firstName)),
    hashed("Last Name", ({ lastName }) => lettersAndSpaces(lastName)),
    plain("Country", ({ country }) => country?.trim().toUpperCase() || null),
    plain("Zip", ({ zip }) => zip?.trim() || null),
  ],
  // TikTok: customer file, identifiers alone.
  tiktok: [hashed("EMAIL_SHA256", ({ email }) => normaliseEmail(email)), hashed("PHONE_SHA256", ({ phone }) => normalisePhone(phone))],
};

/** RFC 4180; what a spreadsheet would run as a formula is made plain text. */
export function csvCell(text: string): string {
  // A phone number or a negative figure is harmless.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
