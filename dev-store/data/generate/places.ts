/** Streets, towns and postcode patterns (# is a digit, @ a letter). Invented combinations of real towns. */
export interface Place {
  readonly streets: readonly string[];
  /** {n} is the house number, {s} the street. */
  readonly address: string;
  readonly towns: readonly (readonly [town: string, provinceCode: string | null, zip: string])[];
  /** Numbers kept for fiction by the regulator; null where there is no such range. */
  readonly phone: string | null;
}

export const places: Readonly<Record<string, Place>> = {
  US: { streets: ["Maple Street", "Oak Avenue", "Cedar Lane", "Washington Street", "Lake Drive", "Hill Road", "Elm Street", "Sunset Boulevard"], address: "{n} {s}", towns: [["New York", "NY", "100##"], ["Chicago", "IL", "606##"], ["Austin", "TX", "787##"], ["Portland", "OR", "972##"], ["Seattle", "WA", "981##"], ["Denver", "CO", "802##"], ["Atlanta", "GA", "303##"], ["Boston", "MA", "021##"], ["San Francisco", "CA", "941##"]], phone: "+1-###-555-01##" },
  GB: { streets: ["High Street", "Station Road", "Church Lane", "Victoria Road", "Mill Lane", "Park Avenue", "Queen's Road"], address: "{n} {s}", towns: [["London", "ENG", "E# #@@"], ["Manchester", "ENG", "M# #@@"], ["Edinburgh", "SCT", "EH# #@@"], ["Cardiff", "WLS", "CF# #@@"], ["Bristol", "ENG", "BS# #@@"]], phone: "+44 7700 900###" },
  DE: { streets: ["Hauptstraße", "Gartenweg", "Lindenallee", "Schulstraße", "Bahnhofstraße", "Am Markt", "Rosenweg"], address: "{s} {n}", towns: [["Berlin", null, "10###"], ["Hamburg", null, "20###"], ["München", null, "80###"], ["Köln", null, "50###"], ["Leipzig", null, "04###"], ["Freiburg", null, "79###"]], phone: null },
  FR: { streets: ["rue de la Paix", "rue Victor Hugo", "avenue des Tilleuls", "place du Marché", "rue des Écoles", "boulevard Voltaire"], address: "{n} {s}", towns: [["Paris", null, "750##"], ["Lyon", null, "690##"], ["Nantes", null, "440##"], ["Lille", null, "590##"], ["Toulouse", null, "310##"]], phone: "+33 6 39 98 ## ##" },
  IT: { streets: ["Via Roma", "Via Garibaldi", "Corso Italia", "Via Dante", "Viale dei Tigli"], address: "{s} {n}", towns: [["Milano", "MI", "201##"], ["Roma", "RM", "001##"], ["Torino", "TO", "101##"], ["Bologna", "BO", "401##"]], phone: null },
  ES: { streets: ["Calle Mayor", "Calle del Sol", "Avenida de la Paz", "Calle Real", "Paseo del Prado"], address: "{s}, {n}", towns: [["Madrid", "M", "280##"], ["Barcelona", "B", "080##"], ["Sevilla", "SE", "410##"], ["Valencia", "V", "460##"]], phone: null },
  CN: { streets: ["中山路", "人民路", "解放路", "建设路", "和平街", "南京东路", "文化路"], address: "{s}{n}号", towns: [["上海", "SH", "2000##"], ["北京", "BJ", "1000##"], ["广州", "GD", "5100##"], ["成都", "SC", "6100##"], ["杭州", "ZJ", "3100##"], ["深圳", "GD", "5180##"]], phone: null },
  JP: { streets: ["桜丘町", "本町", "緑町", "中央", "神明町"], address: "{s}{n}", towns: [["東京", "JP-13", "150-00##"], ["大阪", "JP-27", "530-00##"], ["京都", "JP-26", "600-80##"], ["札幌", "JP-01", "060-00##"]], phone: null },
  IN: { streets: ["MG Road", "Park Street", "Gandhi Nagar", "Station Road", "Lake View Road"], address: "{n}, {s}", towns: [["Mumbai", "MH", "4000##"], ["Bengaluru", "KA", "5600##"], ["Delhi", "DL", "1100##"], ["Chennai", "TN", "6000##"]], phone: null },
  NG: { streets: ["Awolowo Road", "Market Street", "Broad Street", "Adeola Street", "Allen Avenue"], address: "{n} {s}", towns: [["Lagos", "LA", "1000##"], ["Abuja", "FC", "9000##"], ["Ibadan", "OY", "2000##"]], phone: null },
};
