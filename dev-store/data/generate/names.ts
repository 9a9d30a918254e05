/** Given and family names of one culture; a pair gives the Latin form that goes into the e-mail address. */
type Name = string | readonly [written: string, latin: string];
export interface Culture {
  readonly locale: string;
  readonly given: readonly Name[];
  readonly family: readonly Name[];
}

const english: Culture = { locale: "en", given: ["Emma", "Olivia", "Liam", "Noah", "Ava", "James", "Sophia", "Henry", "Grace", "Jack", "Amelia", "Lucas", "Harper", "Owen", "Chloe", "Ethan", "Ruby", "Daniel", "Hannah", "Samuel", "Zoe", "Caleb"], family: ["Smith", "Johnson", "Brown", "Taylor", "Wilson", "Clarke", "Walker", "Harris", "Hughes", "Carter", "Bennett", "Reid", "Foster", "Murphy", "Ward", "Hayes", "Price", "Sutton"] };
const spanish: Culture = { locale: "es", given: ["Lucía", "Mateo", "Sofía", "Hugo", "Valentina", "Diego", "Camila", "Javier", "Elena", "Andrés", "Carmen", "Pablo"], family: ["García", "Rodríguez", "Martínez", "López", "Hernández", "Torres", "Ramírez", "Navarro", "Ortega", "Vega"] };
const chinese: Culture = { locale: "zh-CN", given: [["伟", "wei"], ["芳", "fang"], ["秀英", "xiuying"], ["敏", "min"], ["静", "jing"], ["丽", "li"], ["强", "qiang"], ["磊", "lei"], ["洋", "yang"], ["艳", "yan"], ["晓明", "xiaoming"], ["婷婷", "tingting"], ["子轩", "zixuan"], ["雨桐", "yutong"], ["浩然", "haoran"], ["欣怡", "xinyi"]], family: [["王", "wang"], ["李", "li"], ["张", "zhang"], ["刘", "liu"], ["陈", "chen"], ["杨", "yang"], ["赵", "zhao"], ["黄", "huang"], ["周", "zhou"], ["吴", "wu"], ["徐", "xu"], ["孙", "sun"], ["欧阳", "ouyang"]] };
const german: Culture = { locale: "de", given: ["Anna", "Lukas", "Mia", "Felix", "Lena", "Jonas", "Jürgen", "Käthe", "Björn", "Greta", "Moritz", "Ines"], family: ["Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Wagner", "Becker", "Schäfer", "Koch", "Krüger", "Vogel"] };
const french: Culture = { locale: "fr", given: ["Camille", "Léa", "Louis", "Chloé", "Hugo", "Manon", "Étienne", "Zoé", "Théo", "Margaux"], family: ["Martin", "Bernard", "Dubois", "Petit", "Lefèvre", "Moreau", "Girard", "Fournier", "Chevalier"] };
const italian: Culture = { locale: "it", given: ["Giulia", "Marco", "Chiara", "Luca", "Francesca", "Matteo", "Elisa", "Nicolò"], family: ["Rossi", "Russo", "Ferrari", "Esposito", "Bianchi", "Ricci", "Conti", "Greco"] };
const japanese: Culture = { locale: "ja", given: [["陽菜", "hina"], ["蓮", "ren"], ["結衣", "yui"], ["悠真", "yuma"], ["葵", "aoi"], ["大翔", "hiroto"], ["美咲", "misaki"]], family: [["佐藤", "sato"], ["鈴木", "suzuki"], ["高橋", "takahashi"], ["田中", "tanaka"], ["伊藤", "ito"], ["渡辺", "watanabe"], ["山本", "yamamoto"]] };
const indian: Culture = { locale: "en-IN", given: ["Aarav", "Ananya", "Rohan", "Priya", "Vikram", "Meera", "Arjun", "Kavya", "Ishaan", "Divya"], family: ["Sharma", "Patel", "Iyer", "Reddy", "Nair", "Gupta", "Mukherjee", "Rao", "Singh"] };
const nigerian: Culture = { locale: "en-NG", given: ["Chinedu", "Amara", "Tunde", "Ngozi", "Femi", "Zainab", "Emeka", "Folake", "Ibrahim", "Adaeze"], family: ["Okafor", "Adeyemi", "Balogun", "Eze", "Mohammed", "Okonkwo", "Adebayo", "Nwosu"] };
const arabic: Culture = { locale: "ar", given: [["ليلى", "layla"], ["عمر", "omar"], ["مريم", "maryam"], ["يوسف", "yusuf"], ["نور", "noor"], ["كريم", "karim"]], family: [["حداد", "haddad"], ["خوري", "khoury"], ["منصور", "mansour"], ["نصار", "nassar"], ["صالح", "saleh"]] };

/** Cultures of a country with the share of each. */
export const culturesByCountry: Readonly<Record<string, readonly (readonly [Culture, number])[]>> = {
  US: [[english, 0.62], [spanish, 0.17], [chinese, 0.06], [indian, 0.06], [nigerian, 0.03], [arabic, 0.03], [german, 0.03]],
  GB: [[english, 0.78], [indian, 0.1], [nigerian, 0.05], [arabic, 0.04], [chinese, 0.03]],
  DE: [[german, 0.85], [arabic, 0.06], [italian, 0.05], [english, 0.04]],
  FR: [[french, 0.84], [arabic, 0.1], [italian, 0.06]],
  IT: [[italian, 1]],
  ES: [[spanish, 1]],
  CN: [[chinese, 1]],
  JP: [[japanese, 1]],
  IN: [[indian, 1]],
  NG: [[nigerian, 1]],
};
