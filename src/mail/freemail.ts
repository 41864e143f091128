/**
 * Domains at which anybody can open a mailbox. Two people there have nothing in common, and a budget per domain would
 * punish strangers for one another. Kept by hand: the large providers, and the suffixes under which they sell.
 */
export const FREEMAIL_DOMAINS: ReadonlySet<string> = new Set(
  `gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.jp outlook.com.br hotmail.com
  hotmail.co.uk hotmail.de hotmail.fr hotmail.it hotmail.es hotmail.be live.com live.co.uk live.de live.fr live.nl live.it
  live.com.mx live.ca msn.com passport.com yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.ca yahoo.com.br
  yahoo.com.mx yahoo.com.ar yahoo.co.in yahoo.in yahoo.co.jp yahoo.co.id yahoo.com.au yahoo.com.sg yahoo.com.tr ymail.com
  rocketmail.com myyahoo.com aol.com aol.co.uk aim.com verizon.net comcast.net att.net sbcglobal.net bellsouth.net cox.net
  charter.net earthlink.net juno.com icloud.com me.com mac.com proton.me protonmail.com protonmail.ch pm.me tutanota.com
  tutanota.de tuta.io tuta.com gmx.com gmx.de gmx.net gmx.at gmx.ch gmx.us gmx.fr web.de t-online.de freenet.de arcor.de
  mail.com email.com usa.com inbox.com fastmail.com fastmail.fm hey.com zoho.com zohomail.com hushmail.com mailbox.org
  posteo.de posteo.net riseup.net orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr libero.it virgilio.it
  tiscali.it alice.it tin.it terra.es telefonica.net ziggo.nl kpnmail.nl planet.nl hetnet.nl xs4all.nl telenet.be skynet.be
  bluewin.ch hispeed.ch btinternet.com virginmedia.com sky.com talktalk.net ntlworld.com blueyonder.co.uk eircom.net
  telia.com hotmail.se spray.se online.no seznam.cz centrum.cz email.cz azet.sk wp.pl o2.pl onet.pl onet.eu interia.pl
  op.pl gazeta.pl tlen.pl abv.bg mail.bg freemail.hu citromail.hu ukr.net i.ua bigmir.net mail.ru bk.ru list.ru inbox.ru
  internet.ru yandex.ru yandex.com ya.ru rambler.ru qq.com vip.qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn
  sohu.com aliyun.com 139.com 189.cn naver.com hanmail.net daum.net nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp
  i.softbank.jp uol.com.br bol.com.br terra.com.br ig.com.br globo.com r7.com rediffmail.com sify.com bigpond.com
  bigpond.net.au optusnet.com.au iinet.net.au shaw.ca rogers.com sympatico.ca telus.net videotron.ca walla.com walla.co.il
  mail.ee mail.gr otenet.gr in.gr`.split(/\s+/),
);

/** Registries sell names directly under these, so being below one of them joins nobody. */
export const SHARED_SUFFIXES: ReadonlySet<string> = new Set(
  `co.uk org.uk ac.uk gov.uk me.uk ltd.uk plc.uk com.au net.au org.au edu.au gov.au co.nz net.nz org.nz govt.nz ac.nz
  co.jp ne.jp or.jp ac.jp go.jp co.kr or.kr ac.kr com.cn net.cn org.cn gov.cn edu.cn com.tw org.tw com.hk org.hk com.sg
  com.my co.in net.in org.in ac.in gov.in com.br net.br org.br gov.br com.mx org.mx gob.mx com.ar gob.ar com.co com.pe
  com.tr org.tr gov.tr edu.tr co.il org.il ac.il co.za org.za ac.za com.ua com.pl net.pl org.pl edu.pl gov.pl co.id or.id
  ac.id co.th in.th ac.th com.vn com.ph com.eg com.sa com.ng co.ke com.gr com.cy com.mt com.pt com.es org.es com.ru
  co.at or.at ac.at gv.at asso.fr gouv.fr github.io herokuapp.com azurewebsites.net onmicrosoft.com`.split(/\s+/),
);
