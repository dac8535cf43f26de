// Half an emoji, as a cut or a page's own data can leave one, is no text that a driver can hand on.
const wellFormed = (text) => (text.toWellFormed ? text.toWellFormed()
  : text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD'));
