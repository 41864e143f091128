import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const EN: LanguageWords = {
  code: "en",
  name: "English",
  wrote: list(
    `wrote · writes · has written · wrote the following · said · says · quoting · sent the following
     · wrote as follows`,
  ),
  attributionOpeners: list("on · at · in message · in article · quoting · citing"),
  fields: {
    from: list("from · sender · author · sent by · originally from"),
    sent: list("sent · date · date sent · sent at · sent on · date/time · received"),
    to: list("to · recipient · recipients · sent to"),
    cc: list("cc · carbon copy · copy · copy to · copies to"),
    bcc: list("bcc · blind carbon copy"),
    replyTo: list("reply-to · reply to · replyto · respond to"),
    subject: list("subject · topic"),
    attachments: list("attachments · attachment · attach"),
    importance: list("importance · priority · sensitivity · x-priority"),
  },
  originalMessage: list(
    `original message · original mail · original e-mail · original email · original appointment · reply message
     · replied message · message from · previous message · quoted message · the original message
     · original message header · end of original message`,
  ),
  forwardedMessage: list(
    `forwarded message · forwarded mail · forwarded e-mail · forwarded email · begin forwarded message
     · forwarded by · forwarded from · forward message · end of forwarded message · message forwarded
     · start of forwarded message · start forwarded message · fwd.msg · forwarded message from`,
  ),
  sentFrom: list(
    `sent from my {} · sent from {} · sent from a {} · sent via my {} · sent via {} · sent with {} · sent using {}
     · sent by {} · sent on my {} · sent from mobile · sent from my mobile · sent from the {} · from my {}
     · get outlook for {} · get {} for outlook · get outlook · download outlook for {} · sent with proton mail secure email
     · sent with protonmail secure email · sent from proton mail mobile · sent with {} mobile
     · sent from yahoo mail for {} · sent from yahoo mail on {} · sent from yahoo mail · yahoo mail: search, organize, conquer
     · sent from outlook for {} · sent from my samsung galaxy smartphone · sent from my galaxy · sent from my huawei phone
     · sent from mail for windows · sent from mail for windows 10 · sent from windows mail · sent from aol on {}
     · sent from my android device with {} · sent from my verizon, samsung galaxy smartphone
     · sent from my t-mobile 4g lte device · sent from my mobile device · sent from my phone
     · please excuse my brevity · please excuse brevity and typos · please excuse typos · typed with thumbs
     · typed on tiny keyboard · from mobile · sent from spark · sent from blue mail · sent from bluemail for {}
     · sent from nine · sent from edison mail · sent via superhuman · sent from airmail`,
  ),
  closings: list(
    `best regards · kind regards · regards · warm regards · warmest regards · best · best wishes · with best regards
     · with kind regards · kindest regards · many thanks and best regards · thanks and regards · thanks & regards
     · thank you and best regards · sincerely · yours sincerely · sincerely yours · yours faithfully · yours truly
     · yours · respectfully · cordially · all the best · cheers · take care · rgds · brgds · br · brg · kr
     · with regards · warmly · cordial regards · best greetings · friendly greetings · greetings · love · xoxo`,
  ),
  outOfOffice: list(
    `automatic reply · automatic response · automatic answer · automated reply · automated response · automatic reply from · auto reply
     · auto-reply · autoreply · auto response · auto-response · auto responder · auto-responder · autoresponder · autoresponse · autoanswer
     · out of office · out of the office · out-of-office · out of office autoreply · out of office auto reply · out of office: autoreply
     · out of office reply · out of office notice · out of office notification · out of office message · out of office response
     · out of office automatic reply · out of office alert · currently out of office · currently out of the office · i am out of office
     · i am out of the office · i'm out of office · i'm out of the office · ooo · on vacation · i am on vacation · i'm on vacation
     · i am on holiday · on holiday · on leave · on annual leave · vacation reply · vacation message · vacation notice · vacation response
     · vacation auto-reply · away message · away notice · away from my mail · away from my e-mail · away from my email · away from my desk
     · away from the office · absence notice · absence notification · on maternity leave · on parental leave · out of office re
     · away from the desk · {} is out of the office · {} is out of office · {} is on vacation · {} is away from the office`,
  ),
  undeliverable: list(
    `undelivered · undeliverable · undelivered mail returned to sender · undeliverable mail · undeliverable message
     · mail delivery failed · mail delivery failure · mail delivery problem · mail delivery error · mail delivery delayed
     · message delivery failure · message delivery has failed · message delivery status · message delivery delayed
     · e-mail delivery failed · email delivery failed · e-mail delivery failure · email delivery failure
     · delivery failed · delivery failure · delivery status · delivery status notification · delivery notification
     · delivery report · delivery problem · delivery error · delivery delayed · delivery has failed · delivery incomplete
     · delivery of mail failed · failure notice · returned mail · warning: could not send · warning: message
     · warning: e-mail · warning: email · non-delivery · non delivery · nondelivery · nondeliverable · non-deliverable
     · mail system error · message delayed · message status · message undeliverable · could not send
     · could not deliver · mail could not be delivered · message could not be delivered · returned to sender
     · mail returned · message not delivered · not delivered · email not delivered · address not found
     · message blocked · delayed mail · mail delivery subsystem · failed delivery · unable to deliver · notification: delivery`,
  ),
  replyPrefixes: list("re · reply · answer · response"),
  forwardPrefixes: list("fw · fwd · forward · forwarded"),
  thanks: {
    thanks: list(
      `thanks · thank you · thank-you · thankyou · thx · tnx · thnx · thks · ty · tysm · many thanks · lots of thanks · cheers
       · much appreciated · really appreciate it · i appreciate it · appreciate it · appreciated · thanks a lot
       · thanks a million · thanks a bunch · thanks so much · thank u · with thanks · much obliged · i am grateful`,
    ),
    around: list(
      `ok · okay · great · perfect · super · wonderful · excellent · brilliant · awesome · cool · fantastic · amazing · lovely
       · so · very · a lot · again · once again · much · for · the · your · quick · fast · kind · speedy · prompt · swift
       · help · helping · reply · answer · response · support · all · everyone · team · guys · it · that · this · works
       · work · working · fixed · solved · resolved · sorted · is · now · fine · me · my · you · and · have · has · been
       · a · an · nice · good · day · weekend · week · evening · best · regards · wishes · great day · lovely day
       · perfectly · well · done · got it · received · understood · noted · will do · all good · of you · to · us · with
       · assistance · time · effort · patience · explanation · information · info · update · clarification · letting
       · know · for letting me know · did the trick · i · we · am · are · really · truly · everything · happy · glad
       · take care · everything works · service · confirmation · confirming · looking into`,
    ),
    doubt: list(
      `but · still · not · no · never · nothing · nope · cannot · can · can't · could · would · please · pls · plz · call
       · error · fail · fails · failed · failing · broken · problem · problems · issue · issues · wrong · however · yet
       · need · needs · another · also · except · unless · until · worse · back · doesn't · don't · isn't · won't
       · didn't · only · though · although · why · when · how · what · where · who · which · question · wait · waiting
       · again broken · anyway · for nothing · in advance · if · refund · cancel · complain · complaint · unfortunately · sorry
       · yes · yep · yeah · yup · sure · nah · neither · either · both · first · second · option · small · medium
       · large · extra large · basic · standard · premium · express · red · blue · green · black · white · yellow
       · grey · gray · silver · pink · purple · brown · today · tomorrow · tonight · mon · tue · tues · wed · thu
       · thur · thurs · fri · sat · sun · awaiting · await · looking forward · and now · so now · now help
       · proceed`,
    ),
    greetings: list(
      `hi · hello · hey · dear · good morning · good afternoon · good evening · good day · hi there · hello there · greetings
       · dear all · dear team · hi all · hi team · hello team · hello all · dear sir · dear madam · dear sir or madam`,
    ),
  },
};
