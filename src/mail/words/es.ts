import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

export const ES: LanguageWords = {
  code: "es",
  name: "Spanish",
  wrote: list(
    `escribió · escribio · ha escrito · escribía · escribe · escribieron · escribió lo siguiente · escribiste · dijo
     · citando a`,
  ),
  attributionOpeners: list("el · con fecha · en · a la(s) · citando a · al"),
  fields: {
    from: list("de · remitente · enviado por · desde"),
    sent: list(
      "enviado · enviado el · fecha · fecha de envío · enviada el · enviada · enviado a las · recibido · fecha y hora",
    ),
    to: list("para · a · destinatario · destinatarios · enviado a"),
    cc: list("cc · con copia · copia · copia a · con copia a"),
    bcc: list("cco · bcc · copia oculta · con copia oculta"),
    replyTo: list("responder a · responder-a · respuesta a · dirección de respuesta"),
    subject: list("asunto · tema · sujeto"),
    attachments: list("datos adjuntos · adjuntos · adjunto · archivos adjuntos · archivo adjunto"),
    importance: list("importancia · prioridad · confidencialidad"),
  },
  originalMessage: list(
    `mensaje original · correo original · mensaje de respuesta · cita original · e-mail original · email original
     · mensaje anterior · mensaje de · correo electrónico original · fin del mensaje original`,
  ),
  forwardedMessage: list(
    `mensaje reenviado · correo reenviado · mensaje transferido · inicio del mensaje reenviado · comienzo del mensaje reenviado
     · reenviado por · fin del mensaje reenviado · mensaje remitido · mensaje reenviado de · e-mail reenviado
     · inicio de mensaje reenviado`,
  ),
  sentFrom: list(
    `enviado desde mi {} · enviado de mi {} · enviado desde {} · enviado con {} · enviado a través de {} · enviado mediante {}
     · enviado por {} · enviado vía {} · enviado desde el {} · enviado desde un {} · enviado desde mi dispositivo móvil
     · enviado desde mi teléfono · enviado desde mi móvil · enviado desde mi celular · enviado desde mi teléfono móvil
     · obtener outlook para {} · obtén outlook para {} · obtenga outlook para {} · descargar outlook para {}
     · enviado desde outlook para {} · enviado desde correo para windows · enviado desde correo para windows 10
     · enviado desde yahoo mail para {} · enviado desde yahoo mail con {} · enviado desde yahoo mail
     · enviado con el correo seguro de proton mail · enviado con proton mail · enviado con protonmail
     · enviado con el correo electrónico seguro de proton mail · enviado con el email seguro de proton mail
     · enviado desde proton mail para {} · enviado desde mi smartphone samsung galaxy · enviado desde mi galaxy
     · enviado desde mi dispositivo samsung · enviado desde mi dispositivo android con {} · enviado desde mi huawei`,
  ),
  closings: list(
    `saludos · un saludo · saludos cordiales · un cordial saludo · cordiales saludos · reciba un cordial saludo
     · reciba un saludo · atentamente · muy atentamente · atte · atte. · atentos saludos · cordialmente · un abrazo · abrazos
     · saludos y gracias · gracias y saludos · gracias y un saludo · quedo a la espera · quedo atento · quedo atenta
     · quedamos a la espera · mis mejores saludos · con los mejores saludos · sinceramente · respetuosamente · afectuosamente
     · saluda atentamente · le saluda atentamente · saludos afectuosos · feliz día · slds · sdos · besos · un fuerte abrazo`,
  ),
  outOfOffice: list(
    `respuesta automática · respuesta automatica · respuesta automática de · autorespuesta · auto respuesta · auto-respuesta
     · respuesta automatizada · mensaje automático · contestación automática · contestador automático · fuera de la oficina
     · fuera de oficina · estoy fuera de la oficina · aviso de ausencia · notificación de ausencia · mensaje de ausencia
     · ausencia · ausente · ausente de la oficina · ausencia de la oficina · de vacaciones · estoy de vacaciones
     · en vacaciones · vacaciones respuesta automática · asistente para fuera de oficina · no estoy en la oficina
     · {} está fuera de la oficina · {} está ausente · {} estará ausente · {} no está en la oficina`,
  ),
  undeliverable: list(
    `no se puede entregar · no se pudo entregar · no entregado · no entregable · imposible de entregar · correo no entregado
     · mensaje no entregado · error de entrega · error en la entrega · fallo en la entrega · fallo de entrega · entrega fallida
     · notificación de estado de entrega · notificación de error de entrega · informe de no entrega · correo devuelto
     · mensaje devuelto · devuelto al remitente · entrega retrasada · entrega demorada · estado de entrega
     · no se ha podido entregar · falló la entrega · aviso de no entrega`,
  ),
  replyPrefixes: list("re · respuesta · resp · res"),
  forwardPrefixes: list("rv · reenv · reenviado · reenviar · fw · fwd · reen"),
  thanks: {
    thanks: list(
      `gracias · muchas gracias · muchísimas gracias · mil gracias · muchisimas gracias · muy agradecido · muy agradecida
       · agradecido · agradecida · le agradezco · se lo agradezco · te lo agradezco · os lo agradezco · lo agradezco
       · se agradece · agradezco`,
    ),
    around: list(
      `ok · okay · vale · perfecto · genial · estupendo · excelente · muy bien · de acuerdo · listo · súper · super · fantástico · bien
       · ya funciona · ya está · funciona · todo funciona · funciona bien · funciona perfectamente · todo bien · todo correcto · todo ok
       · resuelto · solucionado · arreglado · ha quedado resuelto · ya está resuelto · ya está solucionado · de nuevo · nuevamente · otra vez
       · ahora · por · la · el · las · los · su · sus · tu · tus · vuestra · vuestro · ayuda · respuesta · rápida · rápido · pronta · atención
       · apoyo · soporte · información · explicación · aclaración · gestión · colaboración · amabilidad · paciencia · tiempo · esfuerzo
       · rapidez · eficacia · y · a · al · todo · todos · todas · equipo · de · en · muy · tan · buen · buena · buenos · feliz · día · tarde · noche
       · fin de semana · finde · semana · que tenga un buen día · que tengas un buen día · que tenga buen día · que tengan un buen día
       · un · una · ustedes · usted · vosotros · ti · recibido · entendido · anotado · igualmente · excelente servicio · servicio · trabajo
       · ha funcionado · me funcionó · me ha funcionado · me ha servido · me sirvió · ayudarme · ayudar · responder · contestar · haberme ayudado
       · es · lo · muchas · verdad · realmente · hasta luego · hasta pronto`,
    ),
    doubt: list(
      `pero · no · aún · todavía · sigue · nunca · nada · nadie · sin · embargo · sin embargo · problema · error · fallo · falla
       · puede · podría · puedes · podrías · pueden · por favor · favor · porfa · cuándo · cuando · cómo · por qué · qué · dónde
       · quién · cuál · necesito · necesitamos · necesita · otra · otro · además · también · solo · sólo · excepto · salvo · aunque · pregunta
       · duda · espero · esperando · de antemano · por adelantado · llamar · llámeme · cancelar · devolución · reembolso · queja
       · lamentablemente · desafortunadamente · mal · peor · falta · si
       · sí · claro · ambos · ambas · pequeño · pequeña · mediano · mediana · grande · rojo · azul · verde · negro
       · blanco · amarillo · gris · mañana · hoy · quedo a la espera · quedamos a la espera · a la espera
       · quedo atento · quedo atenta · quedamos atentos · quedo pendiente · pendiente · y ahora`,
    ),
    greetings: list(
      `hola · buenos días · buenas tardes · buenas noches · buen día · buenas · estimado · estimada · estimados · estimadas
       · querido · querida · muy buenas · hola a todos · muy señor mío · muy señores míos · señor · señora · sr · sra · apreciado · apreciada`,
    ),
  },
};
