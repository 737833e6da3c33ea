// Every word of the interface: one row a text, in the six official languages. {x} is filled in.

const LANGUAGES = ["en", "fr", "es", "ru", "zh", "ar"];
const TEXTS = {
  title: ["Ask the UN resolutions", "Interroger les résolutions de l’ONU", "Preguntar a las resoluciones de la ONU", "Вопросы к резолюциям ООН", "查询联合国决议", "اسأل قرارات الأمم المتحدة"],
  close: ["Close", "Fermer", "Cerrar", "Закрыть", "关闭", "إغلاق"],
  clear: ["New conversation", "Nouvelle conversation", "Nueva conversación", "Новая беседа", "新对话", "محادثة جديدة"],
  log: ["Conversation", "Conversation", "Conversación", "Беседа", "对话", "المحادثة"],
  intro: ["Answers are quotations from the resolutions, each with its source.", "Les réponses sont des citations des résolutions, chacune avec sa source.", "Las respuestas son citas de las resoluciones, cada una con su fuente.", "Ответы — это цитаты из резолюций, каждая с источником.", "回答均为决议原文引述，并注明出处。", "الإجابات اقتباسات من القرارات، ولكل منها مصدره."],
  place: ["Ask in your own words", "Posez votre question librement", "Pregunte con sus propias palabras", "Спросите своими словами", "请用自己的话提问", "اسأل بعباراتك"],
  ask: ["Ask", "Demander", "Preguntar", "Спросить", "提问", "اسأل"],
  stop: ["Stop", "Arrêter", "Detener", "Остановить", "停止", "إيقاف"],
  search: ["Searching…", "Recherche…", "Buscando…", "Идёт поиск…", "正在检索…", "جارٍ البحث…"],
  slow: ["Still searching; slower than usual.", "Recherche en cours, plus lente que d’habitude.", "Seguimos buscando; más lento de lo habitual.", "Поиск идёт дольше обычного.", "仍在检索，比平时慢。", "ما زال البحث جارياً، أبطأ من المعتاد."],
  ready: ["Answer ready. Paragraphs: {n}. First: {c}", "Réponse prête. Paragraphes : {n}. Premier : {c}", "Respuesta lista. Párrafos: {n}. Primero: {c}", "Ответ готов. Пунктов: {n}. Первый: {c}", "回答已就绪。段落数：{n}。第一段：{c}", "الإجابة جاهزة. عدد الفقرات: {n}. الأولى: {c}"],
  high: ["Very likely the answer", "Très probablement la réponse", "Muy probablemente la respuesta", "Весьма вероятный ответ", "极可能是答案", "الإجابة على الأرجح"],
  mid: ["Probably the answer", "Probablement la réponse", "Probablemente la respuesta", "Вероятный ответ", "可能是答案", "يُحتمل أنها الإجابة"],
  low: ["Perhaps the answer", "Peut-être la réponse", "Quizá la respuesta", "Возможный ответ", "或许是答案", "قد تكون الإجابة"],
  none: ["The resolutions do not answer this.", "Les résolutions n’y répondent pas.", "Las resoluciones no responden a esto.", "В резолюциях нет ответа на этот вопрос.", "决议中没有对此问题的答案。", "لا تجيب القرارات عن هذا."],
  held: ["Resolutions searched: {n}", "Résolutions consultées : {n}", "Resoluciones consultadas: {n}", "Просмотрено резолюций: {n}", "已检索决议：{n}", "القرارات التي جرى البحث فيها: {n}"],
  read: ["Searched only: {s}", "Recherche limitée à : {s}", "Búsqueda limitada a: {s}", "Поиск только в: {s}", "检索范围：{s}", "نطاق البحث: {s}"],
  near: ["Nearest paragraphs ({n}), which may not answer", "Paragraphes les plus proches ({n}), sans garantie de réponse", "Párrafos más cercanos ({n}), que quizá no respondan", "Ближайшие пункты ({n}); ответа может не быть", "最接近的段落（{n}），未必是答案", "أقرب الفقرات ({n})، وقد لا تجيب"],
  try: ["You could ask", "Vous pourriez demander", "Podría preguntar", "Можно спросить", "您可以问", "يمكنك أن تسأل"],
  what: ["What does {s} decide?", "Que décide la résolution {s} ?", "¿Qué decide {s}?", "Что постановляет {s}?", "{s} 作出了什么决定？", "ماذا يقرر {s}؟"],
  copy: ["Copy citation", "Copier la référence", "Copiar la cita", "Копировать ссылку", "复制引文出处", "نسخ المرجع"],
  copied: ["Copied", "Copié", "Copiado", "Скопировано", "已复制", "تم النسخ"],
  around: ["Paragraphs around it", "Paragraphes voisins", "Párrafos contiguos", "Соседние пункты", "前后段落", "الفقرات المجاورة"],
  whole: ["Read the whole resolution", "Lire la résolution entière", "Leer la resolución completa", "Читать всю резолюцию", "阅读决议全文", "قراءة القرار كاملاً"],
  like: ["More like this", "Paragraphes semblables", "Párrafos similares", "Похожие пункты", "类似段落", "فقرات مشابهة"],
  tab: ["(new tab)", "(nouvel onglet)", "(pestaña nueva)", "(новая вкладка)", "（新标签页）", "(علامة تبويب جديدة)"],
  up: ["This answers the question", "Cela répond à la question", "Esto responde a la pregunta", "Это отвечает на вопрос", "这回答了问题", "هذه تجيب عن السؤال"],
  down: ["This does not answer the question", "Cela ne répond pas à la question", "Esto no responde a la pregunta", "Это не отвечает на вопрос", "这没有回答问题", "هذه لا تجيب عن السؤال"],
  thanks: ["Thank you", "Merci", "Gracias", "Спасибо", "谢谢", "شكراً"],
  more: ["Whole paragraph", "Paragraphe entier", "Párrafo completo", "Весь пункт", "完整段落", "الفقرة كاملة"],
  all: ["Show all paragraphs ({n})", "Afficher tous les paragraphes ({n})", "Mostrar todos los párrafos ({n})", "Показать все пункты ({n})", "显示所有段落（{n}）", "عرض جميع الفقرات ({n})"],
  also: ["Nearly the same in {s}", "Presque identique dans {s}", "Casi igual en {s}", "Почти то же в {s}", "几乎相同：{s}", "نص شبه مطابق في {s}"],
  offline: ["You are offline. Your question is kept and will be asked when you are back.", "Vous êtes hors ligne. Votre question est gardée et sera posée à la reconnexion.", "No hay conexión. Su pregunta se guarda y se enviará al volver la conexión.", "Нет сети. Вопрос сохранён и будет задан, когда связь вернётся.", "您已离线。问题已保留，恢复连接后将自动提交。", "أنت غير متصل. حُفظ سؤالك وسيُطرح عند عودة الاتصال."],
  limited: ["Too many questions just now. Yours is kept; ask again in {n} s.", "Trop de questions en ce moment. La vôtre est gardée ; réessayez dans {n} s.", "Demasiadas preguntas ahora. La suya se guarda; repítala en {n} s.", "Слишком много вопросов. Ваш сохранён; повторите через {n} с.", "目前问题过多。您的问题已保留，请在 {n} 秒后重试。", "الأسئلة كثيرة الآن. حُفظ سؤالك؛ أعد المحاولة بعد {n} ث."],
  waited: ["You can ask again now.", "Vous pouvez réessayer maintenant.", "Ya puede repetir la pregunta.", "Теперь можно повторить вопрос.", "现在可以重新提问。", "يمكنك إعادة السؤال الآن."],
  gone: ["The service cannot be reached. Your question is kept.", "Le service est injoignable. Votre question est gardée.", "No se puede acceder al servicio. Su pregunta se guarda.", "Служба недоступна. Вопрос сохранён.", "无法连接服务。您的问题已保留。", "تعذر الوصول إلى الخدمة. حُفظ سؤالك."],
  refused: ["This site may not use the service. The service’s operator can allow {s}.", "Ce site ne peut pas utiliser le service. Son exploitant peut autoriser {s}.", "Este sitio no puede usar el servicio. Su operador puede autorizar {s}.", "Этому сайту служба не разрешена. Её оператор может разрешить {s}.", "本网站无权使用该服务。服务运营者可以允许 {s}。", "لا يجوز لهذا الموقع استخدام الخدمة. يمكن لمشغّلها السماح لـ {s}."],
  cut: ["The answer was cut off. Your question is kept.", "La réponse a été interrompue. Votre question est gardée.", "La respuesta se interrumpió. Su pregunta se guarda.", "Ответ прервался. Вопрос сохранён.", "回答中断。您的问题已保留。", "انقطعت الإجابة. حُفظ سؤالك."],
  failed: ["That did not work.", "Cela n’a pas fonctionné.", "No ha funcionado.", "Не получилось.", "操作未成功。", "لم ينجح ذلك."],
  stopped: ["Stopped.", "Arrêté.", "Detenido.", "Остановлено.", "已停止。", "تم الإيقاف."],
  again: ["Ask again", "Redemander", "Repetir la pregunta", "Спросить снова", "重新提问", "إعادة السؤال"],
  filter: ["Filters", "Filtres", "Filtros", "Фильтры", "筛选", "عوامل التصفية"],
  organ: ["Organ", "Organe", "Órgano", "Орган", "机构", "الهيئة"],
  any: ["All organs", "Tous les organes", "Todos los órganos", "Все органы", "所有机构", "جميع الهيئات"],
  from: ["From year", "De l’année", "Desde el año", "С года", "起始年份", "من سنة"],
  to: ["To year", "À l’année", "Hasta el año", "По год", "截止年份", "إلى سنة"],
  preambular: ["Preambular paragraph", "Alinéa du préambule", "Párrafo del preámbulo", "Пункт преамбулы", "序言部分段落", "فقرة من الديباجة"],
  operative: ["Operative paragraph", "Paragraphe du dispositif", "Párrafo dispositivo", "Пункт постановляющей части", "执行部分段落", "فقرة من المنطوق"],
  annex: ["Annex", "Annexe", "Anexo", "Приложение", "附件", "مرفق"],
  "General Assembly": [, "Assemblée générale", "Asamblea General", "Генеральная Ассамблея", "大会", "الجمعية العامة"],
  "Security Council": [, "Conseil de sécurité", "Consejo de Seguridad", "Совет Безопасности", "安全理事会", "مجلس الأمن"],
  "Economic and Social Council": [, "Conseil économique et social", "Consejo Económico y Social", "Экономический и Социальный Совет", "经济及社会理事会", "المجلس الاقتصادي والاجتماعي"],
  "Human Rights Council": [, "Conseil des droits de l’homme", "Consejo de Derechos Humanos", "Совет по правам человека", "人权理事会", "مجلس حقوق الإنسان"],
};

export const ORGANS = Object.keys(TEXTS).slice(-4);

/** The best of the six for a list of language tags, most wanted first. */
export function choose(tags) {
  return tags.map((tag) => tag?.toLowerCase().split("-")[0]).find((tag) => LANGUAGES.includes(tag)) || "en";
}

/** A function from a text's name to the text. What is filled in is isolated, so that no direction leaks out of it. */
export function speak(language) {
  const column = LANGUAGES.indexOf(language);
  return (name, values) =>
    (TEXTS[name]?.[column] ?? name).replace(/\{(\w)\}/g, (_, key) => "\u2068" + values[key] + "\u2069");
}
