import type { Palette } from "./palette.ts";

/** Shapes are drawn in a 400 x 400 box; `url(#m)` is the main colour with its pattern. */
export type Shape = (palette: Palette, variant: number) => string;

const stroke = (p: Palette, width = 3) => `stroke="${p.dark}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"`;

const body = (p: Palette, path: string) => `<path d="${path}" fill="url(#m)" ${stroke(p)}/>`;
const line = (p: Palette, path: string, width = 2.5) => `<path d="${path}" fill="none" ${stroke(p, width)} opacity=".55"/>`;
const button = (p: Palette, x: number, y: number) => `<circle cx="${x}" cy="${y}" r="4" fill="${p.light}" ${stroke(p, 1.5)}/>`;

const dress: Shape = (p, v) =>
  body(p, v % 2 ? "M160 78q40 26 80 0l16 66q-18 30-14 52l66 140q-108 34-216 0l66-140q4-22-14-52z" : "M166 78q34 34 68 0l12 70q-10 26-10 46l44 146q-80 22-160 0l44-146q0-20-10-46z") +
  `<path d="M156 190q44 14 88 0v16q-44 14-88 0z" fill="${p.dark}" opacity=".75"/>` +
  line(p, "M180 214q-14 60-26 124M220 214q14 60 26 124M200 216v132");

const shirt: Shape = (p, v) =>
  body(p, "M150 92l50 22 50-22 62 38-26 66-30-16v142q-56 12-112 0V180l-30 16-26-66z") +
  `<path d="M150 92l50 22 50-22-18-12h-64z" fill="${p.light}" ${stroke(p)}/>` +
  line(p, "M200 114v214") +
  [150, 190, 230, 270].map((y) => button(p, 209, y)).join("") +
  (v % 2 ? `<rect x="222" y="164" width="30" height="34" rx="4" fill="${p.light}" ${stroke(p, 2)}/>` : "");

const tee: Shape = (p, v) =>
  body(p, "M152 92q48 34 96 0l66 38-26 62-30-14v148q-58 10-116 0V178l-30 14-26-62z") +
  `<path d="M152 92q48 34 96 0" fill="none" stroke="${p.light}" stroke-width="9"/>` +
  (v % 2 ? `<circle cx="200" cy="196" r="30" fill="${p.accent}" opacity=".85"/><path d="M182 202q18-30 36 0z" fill="${p.light}"/>` : line(p, "M142 300q58 10 116 0"));

const jumper: Shape = (p, v) =>
  body(p, "M156 88q44 18 88 0l52 28q22 84 30 176l-36 8-22-92v108q-68 14-136 0V208l-22 92-36-8q8-92 30-176z") +
  `<path d="M156 88q44 18 88 0l2 20q-46 16-92 0z" fill="${p.light}" ${stroke(p, 2)}/>` +
  `<path d="M132 298q68 14 136 0v18q-68 14-136 0z" fill="${p.dark}" opacity=".5"/>` +
  (v % 2 ? line(p, "M180 120q-14 30 0 60t0 60 0 50M220 120q14 30 0 60t0 60 0 50", 5) : line(p, "M134 180h132M132 210h136M132 240h136", 5));

const trousers: Shape = (p, v) =>
  body(p, v % 2 ? "M142 78h116l22 252h-62l-18-158-18 158h-62z" : "M146 78h108l8 252h-46l-16-168-16 168h-46z") +
  `<path d="M143 78h114v20H143z" fill="${p.dark}" opacity=".7"/>` + button(p, 200, 88) + line(p, "M150 104q4 30 28 34M250 104q-4 30-28 34M200 98v66");

const skirt: Shape = (p) =>
  body(p, "M154 104h92l54 190q-100 30-200 0z") + `<path d="M153 100h94v20h-94z" fill="${p.dark}" opacity=".75"/>` + line(p, "M172 122l-38 182M190 122l-14 190M210 122l14 190M228 122l38 182");

const coat: Shape = (p, v) =>
  body(p, "M156 70l44 24 44-24 62 34q24 90 32 190l-36 6-22-96 10 134q-90 20-180 0l10-134-22 96-36-6q8-100 32-190z") +
  `<path d="M156 70l44 88 44-88 14 8-40 110h-36L142 78z" fill="${p.dark}" opacity=".55"/>` +
  line(p, "M200 158v184") + [206, 246, 286].map((y) => button(p, 184, y) + button(p, 216, y)).join("") +
  (v % 2 ? `<path d="M122 232q78 16 156 0v14q-78 16-156 0z" fill="${p.dark}"/>` : line(p, "M142 270h32M226 270h32", 4));

const sneaker: Shape = (p, v) =>
  body(p, "M84 184q34 14 58-22l36-14 62 58q60 10 82 34 8 18 4 32H82q-12-44 2-88z") +
  `<path d="M80 262h248q8 28-14 30H96q-18 0-16-30z" fill="#fbf8f1" ${stroke(p)}/>` +
  `<path d="M178 148l62 58-30 16-56-44z" fill="${p.light}" ${stroke(p, 2)}/>` + line(p, "M190 176l22-12M204 190l22-12M218 204l22-12", 4) +
  (v % 2 ? `<path d="M100 246q60-46 110-20-40 24-110 20z" fill="${p.accent}"/>` : line(p, "M112 248l34-48M136 250l34-48", 6));

const boot: Shape = (p, v) =>
  body(p, "M132 76h92l6 118q10 26 60 40 34 12 36 52H126q-10-110 6-210z") +
  `<path d="M122 284h208v22H228l-10-8h-22v18h-74z" fill="${p.dark}" ${stroke(p)}/>` +
  (v % 2 ? `<path d="M150 120h44v84q-22 12-44 0z" fill="${p.light}" opacity=".6"/>` : line(p, "M196 110l32-8M198 136l32-8M200 162l32-8M204 188l34-12", 5)) + line(p, "M134 96h90");

const bag: Shape = (p, v) =>
  `<path d="M140 160q0-86 60-86t60 86" fill="none" stroke="${p.dark}" stroke-width="10"/>` +
  body(p, v % 2 ? "M100 156h200l20 160q-120 26-240 0z" : "M108 152h184q26 90 8 168-100 20-200 0-18-78 8-168z") +
  (v % 2 ? `<path d="M110 156h180l4 60q-94 26-188 0z" fill="${p.dark}" opacity=".35"/>` : line(p, "M102 200q98 22 196 0")) +
  `<rect x="186" y="206" width="28" height="22" rx="5" fill="${p.accent}" ${stroke(p, 2)}/>`;

const belt: Shape = (p) =>
  `<ellipse cx="200" cy="208" rx="116" ry="88" fill="none" stroke="${p.dark}" stroke-width="42"/><ellipse cx="200" cy="208" rx="116" ry="88" fill="none" stroke="${p.main}" stroke-width="36"/>` +
  `<ellipse cx="200" cy="208" rx="116" ry="88" fill="none" stroke="${p.light}" stroke-width="2" stroke-dasharray="9 7"/><rect x="166" y="266" width="68" height="60" rx="10" fill="none" stroke="#c9a24a" stroke-width="11"/><path d="M200 296h40" stroke="#c9a24a" stroke-width="9"/>`;

const scarf: Shape = (p) =>
  body(p, "M122 128q78-66 156 0 18 44-30 66l30 126-56 12-26-124q-40 6-62-30-30-20-12-50z") + `<path d="M148 148q52-40 104 0-50 44-104 0z" fill="${p.background}" ${stroke(p, 2)}/>` +
  line(p, "M232 222l24-8M238 252l28-8M246 284l28-8", 6) + line(p, "M226 330l4 18M242 326l4 18M258 324l4 18M272 320l4 16", 4);

const hat: Shape = (p, v) =>
  v % 2
    ? body(p, "M120 236q0-110 80-110t80 110z") + `<path d="M108 232q92-26 184 0v42q-92-22-184 0z" fill="${p.dark}" opacity=".8"/><circle cx="200" cy="116" r="26" fill="${p.light}" ${stroke(p)}/>` + line(p, "M164 140q-12 40-10 84M200 132v86M236 140q12 40 10 84", 4)
    : `<ellipse cx="200" cy="252" rx="142" ry="36" fill="${p.main}" ${stroke(p)}/>` + body(p, "M134 250q-6-116 66-116t66 116q-66 24-132 0z") + `<path d="M132 224q68 24 136 0v24q-68 24-136 0z" fill="${p.dark}"/>`;

const socks: Shape = (p) =>
  body(p, "M120 84h64v126l52 56q12 42-34 44-22 0-40-18l-42-52z") + `<path d="M118 80h68v30h-68z" fill="${p.dark}" opacity=".7"/><path d="M202 310q46-2 34-44l-24-6q-20 20-10 50z" fill="${p.accent}"/>` +
  body(p, "M216 70h64v126l52 56q12 42-34 44-22 0-40-18l-42-52z") + `<path d="M214 66h68v30h-68z" fill="${p.dark}" opacity=".7"/><path d="M298 296q46-2 34-44l-24-6q-20 20-10 50z" fill="${p.accent}"/>`;

const jewellery: Shape = (p, v) =>
  v % 3 === 0
    ? `<path d="M110 90q90 210 180 0" fill="none" stroke="#c9a24a" stroke-width="6" stroke-dasharray="3 5"/><path d="M200 206l30 42-30 46-30-46z" fill="${p.main}" stroke="#c9a24a" stroke-width="6"/><path d="M200 206v88M170 248h60" stroke="${p.light}" stroke-width="3"/>`
    : v % 3 === 1
      ? [140, 260].map((x) => `<circle cx="${x}" cy="218" r="58" fill="none" stroke="#c9a24a" stroke-width="12"/><circle cx="${x}" cy="152" r="11" fill="${p.main}" stroke="#c9a24a" stroke-width="4"/><circle cx="${x}" cy="276" r="16" fill="${p.main}" stroke="#c9a24a" stroke-width="4"/>`).join("")
      : `<circle cx="200" cy="232" r="84" fill="none" stroke="#c9a24a" stroke-width="16"/><path d="M164 142l22-32h28l22 32-36 38z" fill="${p.main}" stroke="#c9a24a" stroke-width="5"/><path d="M164 142h72" stroke="${p.light}" stroke-width="3"/>`;

export const clothes = { dress, shirt, tee, jumper, trousers, skirt, coat, sneaker, boot, bag, belt, scarf, hat, socks, jewellery };
