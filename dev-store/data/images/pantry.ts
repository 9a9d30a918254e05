import type { Shape } from "./clothes.ts";
import type { Palette } from "./palette.ts";

const edge = (p: Palette, width = 3) => `stroke="${p.dark}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"`;
const label = (p: Palette, x: number, y: number, w: number, h: number) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="6" fill="#fdf9ef" ${edge(p, 2)}/><circle cx="${x + w / 2}" cy="${y + h * 0.38}" r="${Math.min(w, h) * 0.2}" fill="${p.accent}"/><path d="M${x + w * 0.22} ${y + h * 0.72}h${w * 0.56}M${x + w * 0.32} ${y + h * 0.86}h${w * 0.36}" ${edge(p, 3)} opacity=".6"/>`;

const bottle: Shape = (p, v) =>
  `<path d="M176 70h48v52q${v % 2 ? "40 22 40 70" : "30 20 30 56"}v126q0 14-16 14H${v % 2 ? 152 : 162}q-16 0-16-14V${v % 2 ? 192 : 178}q0-36 30-56z" fill="url(#m)" ${edge(p)}/><rect x="172" y="54" width="56" height="30" rx="6" fill="${p.dark}"/>` + label(p, 156, 204, 88, 92) + `<path d="M160 190q2-20 12-34" stroke="#fff" stroke-width="6" fill="none" opacity=".6" stroke-linecap="round"/>`;

const loaf: Shape = (p, v) =>
  `<path d="M82 268q-26-96 42-122 76-30 152 0 68 26 42 122-118 34-236 0z" fill="#c98f4e" stroke="#7a4d22" stroke-width="4"/><path d="M96 214q20-60 104-62t104 62" fill="none" stroke="#e6bd83" stroke-width="10" opacity=".7" stroke-linecap="round"/>` +
  (v % 2 ? `<path d="M140 240l22-68M184 246l22-78M228 246l22-72" stroke="#f4dcb2" stroke-width="12" stroke-linecap="round"/>` : `<path d="M110 222q90-70 180 0" stroke="#f4dcb2" stroke-width="13" fill="none" stroke-linecap="round"/>`) +
  `<path d="M108 284h184" stroke="${p.main}" stroke-width="10" stroke-linecap="round"/>`;

const cake: Shape = (p, v) =>
  v % 2
    ? `<path d="M92 250q26-130 108-130t108 130q-30 26-56 0-24 26-52 0-28 26-52 0-26 26-56 0z" fill="#d9a35c" stroke="#86572a" stroke-width="4"/><path d="M140 236q14-76 60-92M200 240v-98M260 236q-14-76-60-92" fill="none" stroke="#f1d3a0" stroke-width="9" stroke-linecap="round"/>`
    : `<path d="M110 200h180l-18 116q-72 16-144 0z" fill="${p.light}" ${edge(p)}/><path d="M98 206q-4-70 102-78 106 8 102 78-18 22-42 2-20 24-42 0-18 22-40 0-20 22-40-2-22 18-40 0z" fill="${p.main}" ${edge(p)}/><circle cx="200" cy="116" r="15" fill="#c8443c"/><path d="M136 222l10 94M178 226l4 98M222 226l-4 98M264 222l-10 94" ${edge(p, 2)} opacity=".5"/>`;

const pouch: Shape = (p, v) =>
  `<path d="M118 92h164l-8 26 18 190q-92 22-184 0l18-190z" fill="url(#m)" ${edge(p)}/><path d="M118 92h164l-7 24H125z" fill="${p.dark}" opacity=".75"/>` + label(p, 148, 158, 104, 112) + (v % 2 ? `<circle cx="200" cy="134" r="6" fill="${p.light}"/>` : "");

const tin: Shape = (p) =>
  `<path d="M124 128h152v176q-76 26-152 0z" fill="url(#m)" ${edge(p)}/><ellipse cx="200" cy="128" rx="76" ry="20" fill="${p.light}" ${edge(p)}/><ellipse cx="200" cy="116" rx="58" ry="13" fill="${p.dark}" opacity=".7"/>` + label(p, 150, 178, 100, 92);

const box: Shape = (p, v) =>
  `<path d="M116 116l134-20 40 26v196l-40 16-134-18z" fill="url(#m)" ${edge(p)}/><path d="M250 96v238l40-16V122z" fill="${p.dark}" opacity=".4"/>` + label(p, 138, 158, 92, 116) + (v % 2 ? `<path d="M136 142h96" stroke="${p.light}" stroke-width="8"/>` : "");

const jar: Shape = (p) =>
  `<path d="M132 124h136q18 20 18 48v118q0 30-30 30H144q-30 0-30-30V172q0-28 18-48z" fill="#fbfaf4" ${edge(p)}/><path d="M122 178q78 18 156 0v110q0 24-24 24H146q-24 0-24-24z" fill="url(#m)"/><rect x="126" y="88" width="148" height="38" rx="9" fill="${p.accent}" ${edge(p)}/>` + label(p, 150, 204, 100, 78) + `<path d="M130 168q2-14 8-24" stroke="#fff" stroke-width="6" fill="none" stroke-linecap="round"/>`;

const cheese: Shape = (p, v) =>
  `<path d="M84 232l178-104q60 20 62 104v62q-120 14-240 0z" fill="#f1cf6b" stroke="#a67b22" stroke-width="4" stroke-linejoin="round"/><path d="M84 232q120-14 240 0" fill="none" stroke="#a67b22" stroke-width="3"/><path d="M84 290q120 14 240 2v14q-120 14-240 0z" fill="${p.main}"/>` +
  (v % 2 ? [[140, 264, 12], [210, 258, 16], [276, 268, 11], [238, 186, 13]] : [[160, 262, 9], [250, 262, 14], [222, 204, 9]]).map(([x, y, r]) => `<circle cx="${x}" cy="${y}" r="${r}" fill="#d9ad3d"/>`).join("");

const carton: Shape = (p) =>
  `<path d="M140 150l24-54h72l24 54v172H140z" fill="url(#m)" ${edge(p)}/><path d="M164 96V76h72v20M140 150h120" fill="${p.light}" ${edge(p)}/><path d="M164 96l36 54 36-54" fill="none" ${edge(p, 2)} opacity=".6"/>` + label(p, 156, 180, 88, 104);

const bar: Shape = (p) =>
  `<g transform="rotate(-12 200 200)"><rect x="132" y="70" width="136" height="120" rx="8" fill="#5b3a26" stroke="#3a2415" stroke-width="4"/><path d="M178 70v120M222 70v120M132 110h136M132 150h136" stroke="#3a2415" stroke-width="4"/><path d="M122 160l14-10 14 10 14-10 14 10 14-10 14 10 14-10 14 10 14-10 14 10 14-10 10 8v172H122z" fill="url(#m)" ${edge(p)}/>` + label(p, 150, 204, 100, 96) + "</g>";

const fruit: Shape = (p, v) =>
  [[152, 246], [248, 246], [200, 178]].map(([x, y], i) => `<circle cx="${x}" cy="${y}" r="58" fill="${i === 2 ? p.light : "url(#m)"}" ${edge(p)}/><path d="M${x - 30} ${y - 18}q8-18 24-22" stroke="#fff" stroke-width="7" fill="none" opacity=".7" stroke-linecap="round"/>`).join("") +
  `<path d="M200 122q4-28 22-36" ${edge(p, 6)} fill="none"/><path d="M216 100q${v % 2 ? "40-34 66-6-30 32-66 6" : "30-10 50 16-34 12-50-16"}z" fill="#6f9a52" stroke="#44652f" stroke-width="3"/>`;

const vegetable: Shape = (_p, v) =>
  [-26, 0, 26].map((angle, i) => `<g transform="rotate(${angle} 200 110)"><path d="M170 138q30-22 60 0 2 110-30 190-32-80-30-190z" fill="${(v + i) % 2 ? "#de8344" : "#c95b62"}" stroke="#8d4523" stroke-width="3"/><path d="M182 176h22M196 214h20M188 250h18" stroke="#8d4523" stroke-width="3" opacity=".5"/><path d="M200 134q-34-40-22-80M200 134q0-50 6-88M200 134q32-38 28-72" stroke="#6f9a52" stroke-width="9" fill="none" stroke-linecap="round"/></g>`).join("");

export const pantry = { bottle, loaf, cake, pouch, tin, box, jar, cheese, carton, bar, fruit, vegetable };
