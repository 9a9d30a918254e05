import type { EvaluationReport } from "#app/core/evaluation-report.ts";
import type { RecommendationCard } from "#app/core/recommendation-card.ts";
import { evaluationFamilies } from "#app/core/recommendation-tasks.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { listContentMembers } from "../content/content-members.ts";
import type { ProductTexts } from "../content/product-texts.ts";
import { evaluateTask } from "../evaluate/evaluate-task.ts";
import type { RankerMember } from "../evaluate/ranker.ts";
import { findMember } from "./find-member.ts";
import { NIGHT_BOUNDS } from "./night-bounds.ts";
import { stageBefore } from "./stage-before.ts";

/**
 * The run of a card once more, from what the card says alone: its task, seed, members with the settings that were chosen, and kinds of hybrid. On the data of
 * its fingerprint the figures come out the same. Null for a card without figures, or with a member that this version does not know.
 */
export function repeatRun(snapshot: Snapshot, card: RecommendationCard, texts: ProductTexts | null = null): EvaluationReport | null {
  if (card.outcome?.kind !== "report") return null;
  const { task, seed, fingerprint, k, window, members: kept, hybrid } = card.outcome.report;
  const byContent = texts ? listContentMembers(snapshot, texts) : [];
  const members: RankerMember[] = [];
  for (const one of kept) {
    if (one.state !== "evaluated" || one.name === "random" || one.name === "hybrid") continue;
    const member = byContent.find(({ name }) => name === one.name) ?? findMember(one.name);
    if (!member) return null;
    members.push({ ...member, settings: [one.parameters ?? null], mostSettings: undefined });
  }
  const { outcome } = evaluateTask(snapshot, {
    task, seed, fingerprint, k, members, segments: stageBefore(snapshot, window.testFromMs), mostAsked: NIGHT_BOUNDS.mostAsked,
    mostRows: NIGHT_BOUNDS.mostRows[evaluationFamilies[task]], hybridKinds: hybrid ? hybrid.tried.map(({ kind }) => kind) : [],
  });
  return outcome.kind === "report" ? outcome.report : null;
}
