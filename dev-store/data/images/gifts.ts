import type { Shape } from "./clothes.ts";
import type { Palette } from "./palette.ts";

const edge = (p: Palette, width = 3) => `stroke="${p.dark}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"`;

const mug: Shape = (p, v) =>
  `<path d="M270 170q66-10 62 50t-74 50" fill="none" stroke="${p.dark}" stroke-width="20"/><path d="M110 140h166v120q0 56-56 56h-54q-56 0-56-56z" fill="url(#m)" ${edge(p)}/><ellipse cx="193" cy="140" rx="83" ry="18" fill="${p.light}" ${edge(p)}/>` +
  (v % 2 ? `<path d="M193 262q-42-34-26-58 14-16 26 4 12-20 26-4 16 24-26 58z" fill="${p.accent}"/>` : `<path d="M112 200h162M112 236h162" stroke="${p.accent}" stroke-width="12"/>`);

const lantern: Shape = (p) =>
  `<path d="M168 84q32-44 64 0" fill="none" ${edge(p, 6)}/><path d="M138 116l28-32h68l28 32zM128 300h144v26H128z" fill="url(#m)" ${edge(p)}/><path d="M142 116h116v184H142z" fill="#fdf3d4" ${edge(p)}/><path d="M200 150q28 50 0 78-28-28 0-78z" fill="#f0a63c"/><rect x="180" y="228" width="40" height="72" fill="#fff8e6" ${edge(p, 2)}/><path d="M170 116v184M230 116v184" ${edge(p, 5)}/>`;

const heart: Shape = (p, v) =>
  `<path d="M200 60v70" ${edge(p, 4)}/><path d="M200 324Q84 236 100 168q18-52 70-34 22 10 30 34 8-24 30-34 52-18 70 34 16 68-100 156z" fill="url(#m)" ${edge(p)}/>` + (v % 2 ? `<path d="M132 190q4-30 30-32" stroke="#fff" stroke-width="9" fill="none" opacity=".7" stroke-linecap="round"/>` : `<path d="M124 214q76 34 152 0" fill="none" stroke="${p.accent}" stroke-width="12"/>`);

const clock: Shape = (p) =>
  `<circle cx="200" cy="206" r="116" fill="url(#m)" ${edge(p, 4)}/><circle cx="200" cy="206" r="88" fill="#fdf9ef" ${edge(p, 2)}/><path d="M200 148v58l40 26" fill="none" ${edge(p, 8)}/>` + [0, 90, 180, 270].map((angle) => `<path d="M200 128v14" ${edge(p, 6)} transform="rotate(${angle} 200 206)"/>`).join("") + `<path d="M176 92q24-40 48 0" fill="none" ${edge(p, 7)}/>`;

const frame: Shape = (p, v) =>
  `<rect x="98" y="84" width="204" height="244" rx="8" fill="url(#m)" ${edge(p, 4)}/><rect x="126" y="112" width="148" height="188" fill="#fdf9ef" ${edge(p, 2)}/><path d="M126 300v-54l44-46 34 36 26-26 44 50v40z" fill="${p.accent}"/><circle cx="${v % 2 ? 162 : 236}" cy="152" r="18" fill="${p.light}"/>`;

const candle: Shape = (p) =>
  `<path d="M200 66q34 46 0 74-34-28 0-74z" fill="#f0a63c" stroke="#c97a1d" stroke-width="3"/><path d="M200 136v24" ${edge(p, 5)}/><path d="M150 160h100v130H150z" fill="url(#m)" ${edge(p)}/><path d="M150 160h100v20q-12 34-24 6-14 40-28 0-14 20-24 2-14 20-24-4z" fill="${p.light}"/><path d="M112 288h176q-8 44-88 44t-88-44z" fill="${p.dark}"/>`;

const card: Shape = (p, v) =>
  `<rect x="88" y="128" width="176" height="200" rx="6" fill="#fdf9ef" ${edge(p)} transform="rotate(-8 176 228)"/><rect x="136" y="96" width="176" height="216" rx="6" fill="url(#m)" ${edge(p)} transform="rotate(6 224 204)"/>` +
  (v % 2 ? `<g transform="rotate(6 224 204)"><circle cx="224" cy="190" r="46" fill="${p.light}"/><path d="M224 220q-30-24-18-42 10-12 18 4 8-16 18-4 12 18-18 42z" fill="${p.accent}"/></g>` : `<g transform="rotate(6 224 204)" fill="${p.light}"><circle cx="184" cy="150" r="15"/><circle cx="264" cy="150" r="15"/><circle cx="224" cy="204" r="15"/><circle cx="184" cy="258" r="15"/><circle cx="264" cy="258" r="15"/></g>`);

const bowl: Shape = (p, v) =>
  `<path d="M86 186h228q-6 116-114 116T86 186z" fill="url(#m)" ${edge(p)}/><ellipse cx="200" cy="186" rx="114" ry="28" fill="${p.light}" ${edge(p)}/><ellipse cx="200" cy="188" rx="86" ry="17" fill="${p.dark}" opacity=".25"/><path d="M158 302h84l10 20H148z" fill="${p.dark}"/>` + (v % 2 ? `<path d="M98 232q102 40 204 0" fill="none" stroke="${p.accent}" stroke-width="11"/>` : "");

const gift: Shape = (p) =>
  `<rect x="102" y="176" width="196" height="148" rx="8" fill="url(#m)" ${edge(p)}/><rect x="88" y="140" width="224" height="48" rx="8" fill="${p.light}" ${edge(p)}/><path d="M182 140h36v184h-36z" fill="${p.accent}"/><path d="M200 140q-70-12-66-48 34-26 66 48 32-74 66-48 4 36-66 48z" fill="${p.accent}" ${edge(p)}/>`;

const bunting: Shape = (p) =>
  `<path d="M50 130q150 76 300 0" fill="none" ${edge(p, 5)}/>` + [[70, 142], [136, 164], [202, 168], [268, 160]].map(([x, y], i) => `<path d="M${x} ${y}l58 ${i < 1 ? 16 : i > 2 ? -14 : 2}-22 92z" fill="${i % 2 ? p.accent : "url(#m)"}" ${edge(p)}/>`).join("");

const toy: Shape = (p, v) =>
  `<circle cx="146" cy="120" r="34" fill="url(#m)" ${edge(p)}/><circle cx="254" cy="120" r="34" fill="url(#m)" ${edge(p)}/><circle cx="200" cy="168" r="80" fill="url(#m)" ${edge(p)}/><ellipse cx="200" cy="288" rx="76" ry="58" fill="url(#m)" ${edge(p)}/><ellipse cx="200" cy="194" rx="34" ry="26" fill="${p.light}"/><circle cx="172" cy="152" r="8" fill="${p.dark}"/><circle cx="228" cy="152" r="8" fill="${p.dark}"/><path d="M192 184h16l-8 10z" fill="${p.dark}"/>` + (v % 2 ? `<path d="M158 248l42 18 42-18v36l-42-18-42 18z" fill="${p.accent}" ${edge(p, 2)}/>` : "");

const umbrella: Shape = (p) =>
  `<path d="M200 96v196q0 34-30 34t-30-28" fill="none" ${edge(p, 8)}/><path d="M72 214q14-126 128-126t128 126q-26-26-54 0-24-26-46 0-28-26-56 0-22-26-46 0-28-26-54 0z" fill="url(#m)" ${edge(p)}/><path d="M200 88q-48 50-54 126M200 88q48 50 54 126" fill="none" ${edge(p, 3)} opacity=".5"/>`;

export const gifts = { mug, lantern, heart, clock, frame, candle, card, bowl, gift, bunting, toy, umbrella };
