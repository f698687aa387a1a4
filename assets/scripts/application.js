// Everything works without this. With it, GOV.UK Frontend moves the focus to an error summary,
// counts characters, and shows a radio's further question only when it is asked.
import { initAll } from './govuk-frontend.min.js'

initAll()
