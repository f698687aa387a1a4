// Everything works without this. With it, GOV.UK Frontend moves the focus to an error summary,
// counts characters, and shows a radio's further question only when it is asked.
import { initAll } from './govuk-frontend.min.js'

// GOV.UK Frontend marks a radio that opens a further question as expanded, which ARIA does not allow a radio to be.
function withoutExpanded () {
  document.querySelectorAll('input[type="radio"][aria-expanded]').forEach(radio => radio.removeAttribute('aria-expanded'))
}

initAll()
withoutExpanded()
document.addEventListener('click', withoutExpanded)
window.addEventListener('pageshow', withoutExpanded)
