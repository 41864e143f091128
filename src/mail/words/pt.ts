import { list } from "./list.ts";
import type { LanguageWords } from "./types.ts";

/** Portugal and Brazil in one table: their clients differ in labels, not in danger. */
export const PT: LanguageWords = {
  code: "pt",
  name: "Portuguese",
  wrote: list(
    `escreveu · escreveu o seguinte · escreveram · escreve · escrevia · escreveu em · disse · citando · escreveu no dia
     · enviou`,
  ),
  attributionOpeners: list("em · no dia · a · às · citando · aos"),
  fields: {
    from: list("de · remetente · enviado por"),
    sent: list(
      `enviado · enviada · enviado em · enviada em · data · data de envio · data do envio · enviado a · recebido
       · data e hora`,
    ),
    to: list("para · a · destinatário · destinatários · destinatario · enviado para"),
    cc: list("cc · c/c · cópia · com cópia · cópia para · com conhecimento"),
    bcc: list("bcc · cco · cópia oculta · com cópia oculta"),
    replyTo: list("responder a · responder para · responder-para · resposta a · endereço de resposta · responder à"),
    subject: list("assunto · tema"),
    attachments: list("anexos · anexo · arquivos anexados · ficheiros anexados · anexadas"),
    importance: list("importância · prioridade · confidencialidade · sensibilidade"),
  },
  originalMessage: list(
    `mensagem original · mensagem de origem · e-mail original · email original · mensagem anterior · compromisso original
     · mensagem de · mensagem de resposta · fim da mensagem original · mensagem inicial`,
  ),
  forwardedMessage: list(
    `mensagem encaminhada · mensagem reencaminhada · mensagem reenviada · e-mail encaminhado · email encaminhado
     · início da mensagem encaminhada · início da mensagem reencaminhada · início de mensagem reencaminhada
     · encaminhado por · reencaminhado por · fim da mensagem encaminhada · fim da mensagem reencaminhada
     · mensagem encaminhada de · e-mail reencaminhado`,
  ),
  sentFrom: list(
    `enviado do meu {} · enviado a partir do meu {} · enviado de meu {} · enviado do {} · enviado de {} · enviado via {}
     · enviado com {} · enviado com o {} · enviado pelo {} · enviado por {} · enviado através de {} · enviado através do {}
     · enviado a partir de {} · enviado a partir do {} · enviado desde meu {} · enviado pelo meu {} · enviada do meu {}
     · enviado do meu celular · enviado do meu telemóvel · enviado do meu telefone · enviado do meu dispositivo móvel
     · obter outlook para {} · obter o outlook para {} · obtenha o outlook para {} · obtenha outlook para {} · baixar outlook para {}
     · baixar o outlook para {} · baixe o outlook para {} · transferir o outlook para {} · transfira o outlook para {}
     · enviado do outlook para {} · enviado a partir do outlook para {} · enviado do email para windows
     · enviado do email para windows 10 · enviado do correio para windows · enviado do correio para windows 10
     · enviado a partir do correio para windows 10 · enviado do yahoo mail para {} · enviado do yahoo mail no {}
     · enviado do yahoo mail em {} · enviado com o e-mail seguro do proton mail · enviado com o email seguro do proton mail
     · enviado com proton mail · enviado com protonmail · enviado com o proton mail · enviado do proton mail para {}
     · enviado do meu smartphone samsung galaxy · enviado do meu galaxy · enviado a partir do meu smartphone samsung galaxy
     · enviado do meu dispositivo samsung · enviado do meu dispositivo android com {} · enviado do meu huawei`,
  ),
  closings: list(
    `atenciosamente · att · att. · atentamente · com os melhores cumprimentos · melhores cumprimentos · cumprimentos
     · os meus cumprimentos · com os meus cumprimentos · saudações · cordiais saudações · saudações cordiais · cordialmente
     · respeitosamente · abraço · abraços · um abraço · grato · grata · obrigado e cumprimentos · cordiais cumprimentos
     · com estima · sinceramente · sem mais · aguardo retorno · fico no aguardo · fico a aguardar · obrigado desde já
     · desde já agradeço · desde já obrigado · abs · abçs · cpts · beijos · melhores saudações · ao dispor · bom trabalho
     · os melhores cumprimentos · saudações académicas`,
  ),
  outOfOffice: list(
    `resposta automática · resposta automatica · resposta automática de · resposta automatizada · autoresposta · auto-resposta
     · mensagem automática · ausência do escritório · ausência temporária · ausente do escritório · ausente · ausência · aviso de ausência
     · mensagem de ausência · notificação de ausência · fora do escritório · estou fora do escritório · fora da empresa · fora de escritório
     · em férias · de férias · estou de férias · estou em férias · não estou no escritório · {} está ausente · {} está fora do escritório
     · {} está de férias · {} está em férias`,
  ),
  undeliverable: list(
    `não entregue · não é possível entregar · não foi possível entregar · não pode ser entregue · mensagem não entregue
     · e-mail não entregue · email não entregue · falha na entrega · falha de entrega · falha no envio · erro na entrega
     · erro de entrega · entrega falhou · notificação de status de entrega · notificação de estado de entrega
     · notificação do status da entrega · notificação de falha na entrega · devolução de e-mail · mensagem devolvida
     · devolvido ao remetente · entrega atrasada · relatório de não entrega · nao entregue · impossível entregar
     · aviso de não entrega`,
  ),
  replyPrefixes: list("re · res · resp · resposta"),
  forwardPrefixes: list("enc · encaminhado · encaminhada · reenc · fw · fwd"),
  thanks: {
    thanks: list(
      `obrigado · obrigada · muito obrigado · muito obrigada · muitíssimo obrigado · muitíssimo obrigada · obrigadão · brigado
       · brigada · obg · obgd · obrigados · agradeço · agradecemos · agradecido · agradecida · muito grato · muito grata · grato · grata
       · mil obrigados · valeu · um muito obrigado · um muito obrigada`,
    ),
    around: list(
      `ok · okay · certo · perfeito · ótimo · óptimo · excelente · muito bem · tudo bem · tudo certo · beleza · legal · show · super
       · fantástico · maravilha · maravilhoso · bom · boa · já funciona · funciona · funcionou · está funcionando · está a funcionar
       · tudo funciona · tudo ok · deu certo · resolvido · já está resolvido · solucionado · está resolvido · agora
       · novamente · de novo · mais uma vez · pela · pelo · pelas · pelos · por · para · a · o · as · os · sua · seu · tua · teu · vossa · vosso
       · ajuda · resposta · retorno · rapidez · rápida · rápido · pronta · atenção · apoio · suporte · assistência · informação
       · informações · esclarecimento · explicação · paciência · disponibilidade · gentileza · colaboração · tempo · trabalho · e · a todos
       · todos · todas · tudo · equipe · equipa · muito · de · em · dia · tarde · noite · semana · fim de semana · final de semana · bom dia
       · boa tarde · boa noite · boa semana · bom fim de semana · bom trabalho · ótimo dia · um · uma · tenha um bom dia · tenha um ótimo dia
       · recebido · entendido · entendi · compreendido · anotado · igualmente · para você também · você · vocês · atendimento · serviço
       · ajudar · ter ajudado · me ajudar · mesmo · realmente · é · está · até breve · até logo`,
    ),
    doubt: list(
      `mas · não · nao · ainda · nunca · nada · ninguém · sem · porém · contudo · entretanto · no entanto · problema · problemas
       · erro · falha · pode · poderia · podem · podes · poderiam · por favor · favor · pfv · quando · como · porque · por que · porquê
       · o que · onde · quem · qual · preciso · precisamos · precisa · outro · outra · também não · além · só · apenas · exceto · embora
       · pergunta · dúvida · aguardo · aguardando · espero · antecipadamente · desde já · de antemão · ligar · ligue · cancelar · reembolso
       · devolução · reclamação · infelizmente · pior · falta · se
       · sim · claro · ambos · ambas · pequeno · pequena · médio · média · grande · vermelho · azul · verde
       · preto · branco · amarelo · cinza · cinzento · amanhã · hoje · aguardamos · aguardo retorno
       · fico no aguardo · ficamos no aguardo · no aguardo · fico a aguardar · ficamos a aguardar · e agora`,
    ),
    greetings: list(
      `olá · ola · oi · bom dia · boa tarde · boa noite · caro · cara · caros · caras · prezado · prezada · prezados · prezadas
       · estimado · estimada · exmo · exma · exmos · exmo. senhor · exma. senhora · senhor · senhora · querido · querida · olá a todos`,
    ),
  },
};
