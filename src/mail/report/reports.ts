/** What machines report about our mail: a failed delivery, a complaint, a read receipt. One at most of each, and the nature that follows. */
import type { Judged } from "../auto-submitted.ts";
import type { DeliveryReport, FeedbackReport, NatureJudgement, ReadReceipt } from "../types.ts";
import { hasDeliveryStatus, readDeliveryReport } from "./delivery-report.ts";
import { reportInBody, type ReportBody } from "./detect.ts";
import { readFeedbackReport } from "./feedback.ts";
import { isRefusal, readReadReceipt } from "./receipt.ts";

export type Reports = {
  readonly nature: NatureJudgement;
  readonly deliveryReport?: DeliveryReport;
  readonly feedbackReport?: FeedbackReport;
  readonly readReceipt?: ReadReceipt;
};

/**
 * Reads the reports in a message.
 * @param judged its nature by its headers; our own mail stays our own, whatever it holds
 */
export function readReports(message: Judged, judged: NatureJudgement, body: ReportBody): Reports {
  if (judged.nature === "own") return { nature: judged };
  const whole = { ...message, ...body };
  const status = hasDeliveryStatus(body.files);
  const feedback = status ? undefined : readFeedbackReport(whole);
  if (feedback)
    return { nature: { nature: "auto-response", because: `a complaint (${feedback.type})` }, feedbackReport: feedback };
  const receipt = status ? undefined : readReadReceipt(whole);
  if (receipt && !isRefusal(whole)) {
    return {
      nature: { nature: "auto-response", because: `a read receipt (${receipt.disposition})` },
      readReceipt: receipt,
    };
  }
  const because = judged.nature === "delivery-report" ? judged.because : reportInBody(message, body);
  const refusal = receipt ? "a mail filter refused it" : undefined;
  const nature: NatureJudgement =
    because || refusal ? { nature: "delivery-report", because: (because ?? refusal) as string } : judged;
  const report = nature.nature === "delivery-report" || status ? readDeliveryReport(whole) : undefined;
  const id =
    receipt?.originalMessageId && !report?.originalMessageId ? { originalMessageId: receipt.originalMessageId } : {};
  return { nature, ...(report ? { deliveryReport: { ...report, ...id } } : {}) };
}
